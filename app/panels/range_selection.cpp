// SPDX-License-Identifier: MIT
#include "app/panels/range_selection.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/panels/frame_budget.hpp"
#include "core/base/excerpt.hpp"
#include "core/explain/slice_view.hpp"
#include "core/explain/words.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {
namespace {

constexpr std::size_t max_tasks = 6;
constexpr std::size_t max_names = 8;
constexpr std::size_t max_name_bytes = 112;

/// Returns how many there are of something, as wide as any other such line has it.
std::string counted(std::string count, std::string_view noun, int width) {
    const bool is_one = count == "1";
    return fmt::format("{:>{}} {}{}", std::move(count), width, noun, is_one ? " " : "s");
}

std::string line_of(const session::Session& session, const explain::Statistics& each) {
    const std::string who =
        each.task ? explain::task_label(session.log(), session.index(), each.task) : "all tasks";
    return fmt::format("{:<20.20} {} {} {:>7} leak{}   ran {:.6f} s  ready {:.6f} s  waited {:.6f} s", who,
                       counted(fmt::format("{}", each.steps), "step", 8),
                       counted(fmt::format("{}", each.prints), "print", 7), each.leaks,
                       each.stales > 0 ? fmt::format(" {:>7} stale", each.stales) : "",
                       to_seconds(each.running), to_seconds(each.ready), to_seconds(each.waiting));
}

std::string line_of(const session::Session& session, const explain::NameTimes& each) {
    const std::string_view name = each.name ? session.log().strings()[each.name] : "all slices";
    return fmt::format(
        "{:<28.28} {}   total {:>10}   own {:>10}   longest {:>10}", beginning_of(name, max_name_bytes),
        counted(explain::count_text(each.slices), "slice", 9), explain::duration_text(each.total),
        explain::duration_text(each.own), explain::duration_text(each.longest));
}

/// Returns how long a range is, and from when to when.
std::string length_of(const session::Session& session, const RangeSelection::Stretch& stretch) {
    const Time from = session.index().time(session.log(), stretch.first);
    const Time to = session.index().time(session.log(), stretch.last);
    return fmt::format("{}   from {} to {}", explain::duration_text(to - from), trace::time_text(from),
                       trace::time_text(to));
}

}  // namespace

std::optional<RangeSelection::Stretch> RangeSelection::stretch() const {
    return range_ ? std::optional(range_->stretch) : std::nullopt;
}

std::optional<RangeSelection::Stretch> RangeSelection::cleared() const {
    return cleared_ ? std::optional(cleared_->stretch) : std::nullopt;
}

void RangeSelection::select(const session::Session& session, const timeline::View& view,
                            const timeline::Layout& layout, float from, float to) {
    const timeline::Axis axis(view.axis, session.log(), session.index());
    const auto event_at = [&](float x) {
        const float inside = std::clamp(x, layout.gutter, layout.gutter + layout.width());
        return axis.event_near(view.tick(inside - layout.gutter));
    };
    const auto [first, last] = std::minmax({event_at(from), event_at(to)});
    if (first == last) return clear();
    const auto is_same = [&, first = first, last = last](const auto& statistics) {
        return statistics.is_of(session.index(), first, last);
    };
    if (range_ && std::visit(is_same, range_->statistics)) return;
    const Stretch stretch{first, last};
    if (session.index().is_of_tracks())
        range_ =
            Range{stretch, explain::SliceStatistics(session.log(), session.index(), first, last, max_names)};
    else
        range_ = Range{stretch, explain::RangeStatistics(session.index(), first, last, max_tasks)};
}

void RangeSelection::draw(const Ui& ui, const session::Session& session, const timeline::View& view,
                          const timeline::Layout& layout, const timeline::Rect& rect) {
    if (!range_) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    range_->counted = std::visit(
        [&](auto& statistics) {
            return is_over(statistics.poll(session.log(), session.index(), frame_slice));
        },
        range_->statistics);
    const timeline::Axis axis(view.axis, session.log(), session.index(), view.morph);
    const auto x_of = [&](EventIndex event) {
        return rect.x + std::clamp(layout.gutter + view.x(axis.at(event)), layout.gutter,
                                   layout.gutter + layout.width());
    };
    const float left = x_of(range_->stretch.first);
    const float right = x_of(range_->stretch.last);
    const float top = rect.y + layout.flags.y;
    const float bottom = rect.y + layout.output.bottom();
    list.AddRectFilled({left, top}, {right, bottom}, to_im(ui.theme.accent.faded(0.1F)));
    for (const float x : {left, right})
        list.AddLine({x, top}, {x, bottom}, to_im(ui.theme.accent.faded(0.6F)), std::max(ui.px(1), 1.0F));
    draw_card_of(ui, session, rect, left, bottom);
}

std::vector<RangeSelection::Line> RangeSelection::lines(const session::Session& session) const {
    std::vector<Line> lines;
    lines.push_back({length_of(session, range_->stretch), {}});
    if (const auto* tasks = std::get_if<explain::RangeStatistics>(&range_->statistics)) {
        for (const explain::Statistics& each : tasks->rows())
            lines.push_back({line_of(session, each), each.task});
    } else if (const auto* slices = std::get_if<explain::SliceStatistics>(&range_->statistics)) {
        for (const explain::NameTimes& each : slices->rows()) lines.push_back({line_of(session, each), {}});
    }
    const auto progress = [](const auto& statistics) { return statistics.progress(); };
    if (!range_->counted)
        lines.push_back(
            {fmt::format("counting: {:.0f} %", 100 * std::visit(progress, range_->statistics)), {}});
    return lines;
}

void RangeSelection::draw_card_of(const Ui& ui, const session::Session& session, const timeline::Rect& rect,
                                  float left, float bottom) const {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float line = ui.fonts.small->FontSize * 1.35F;
    const float pad = ui.px(12);
    const std::vector<Line> lines = this->lines(session);
    float width = 0;
    for (const Line& each : lines) width = std::max(width, text_width(ui.fonts.mono, each.text));
    const float scale = ui.fonts.small->FontSize / ui.fonts.mono->FontSize;
    width = std::min(width * scale + 2 * pad, rect.width - ui.px(20));
    const float height = line * static_cast<float>(lines.size()) + 2 * pad;
    const ImVec2 at(std::clamp(left, rect.x + ui.px(10), rect.right() - width - ui.px(10)),
                    bottom - height - ui.px(6));
    draw_card(ui, list, at, {at.x + width, at.y + height}, ui.theme.card, ui.theme.faint);
    list.PushClipRect(at, {at.x + width, at.y + height}, true);
    float y = at.y + pad;
    for (const Line& each : lines) {
        list.AddText(ui.fonts.mono, ui.fonts.small->FontSize, {at.x + pad, y},
                     to_im(each.task ? ui.hue_on(ui.theme.card, session, each.task) : ui.theme.text),
                     each.text.data(), each.text.data() + each.text.size());
        y += line;
    }
    list.PopClipRect();
}

}  // namespace loopscope::panels
