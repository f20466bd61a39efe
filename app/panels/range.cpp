// The range that is selected with Shift and the mouse: members of TimelinePanel.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/panels/timeline_panel.hpp"
#include "core/explain/words.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {
namespace {

constexpr std::size_t most_tasks = 6;
/// The time that a frame may spend on counting.
constexpr std::chrono::milliseconds counting_slice(10);

std::string line_of(const session::Session& session, const explain::Statistics& each) {
    const std::string who =
        each.task ? explain::task_label(session.log(), session.index(), each.task) : "all tasks";
    return fmt::format(
        "{:<20.20} {:>8} steps {:>7} prints {:>7} leak   ran {:.6f} s  ready {:.6f} s  waited {:.6f} s", who,
        each.steps, each.prints, each.leaks, to_seconds(each.running), to_seconds(each.ready),
        to_seconds(each.waiting));
}

}  // namespace

// Both ends of a range snap to the nearest events.
void TimelinePanel::select_range(const session::Session& session, float x) {
    const timeline::Axis axis(camera_.view().axis, session.log(), session.index());
    const float from = std::clamp(ImGui::GetIO().MouseClickedPos[0].x - rect_.x, layout_.gutter,
                                  layout_.gutter + layout_.width());
    const float to = std::clamp(x, layout_.gutter, layout_.gutter + layout_.width());
    const std::uint32_t one = axis.event_near(camera_.view().tick(from - layout_.gutter));
    const std::uint32_t other = axis.event_near(camera_.view().tick(to - layout_.gutter));
    const std::uint32_t first = std::min(one, other);
    const std::uint32_t last = std::max(one, other);
    if (first == last) return range_.reset();
    if (range_ && range_->axis == camera_.view().axis &&
        range_->statistics.is_of(session.index(), first, last))
        return;
    range_ = Range{camera_.view().axis, axis.at(first), axis.at(last),
                   explain::RangeStatistics(session.index(), first, last, most_tasks)};
}

void TimelinePanel::draw_range(const Ui& ui, const session::Session& session) {
    if (!range_ || range_->axis != camera_.view().axis) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    range_->counted = range_->statistics.advance(session.log(), session.index(), counting_slice);
    const auto x_of = [&](std::int64_t tick) {
        return rect_.x + std::clamp(layout_.gutter + camera_.view().x(tick), layout_.gutter,
                                    layout_.gutter + layout_.width());
    };
    const float left = x_of(range_->from);
    const float right = x_of(range_->to);
    const float top = rect_.y + layout_.flags.y;
    const float bottom = rect_.y + layout_.output.bottom();
    list.AddRectFilled({left, top}, {right, bottom}, to_im(ui.theme.accent.faded(0.1F)));
    for (const float x : {left, right})
        list.AddLine({x, top}, {x, bottom}, to_im(ui.theme.accent.faded(0.6F)), std::max(ui.px(1), 1.0F));

    const float line = ui.fonts.small->FontSize * 1.35F;
    const float pad = ui.px(12);
    const std::vector<explain::Statistics>& rows = range_->statistics.rows();
    std::vector<std::string> lines;
    lines.reserve(rows.size() + 1);
    for (const explain::Statistics& each : rows) lines.push_back(line_of(session, each));
    if (!range_->counted) lines.push_back(fmt::format("counting: {:.0f} %", 100 * range_->statistics.done()));
    float width = 0;
    for (const std::string& each : lines) width = std::max(width, text_width(ui.fonts.mono, each));
    const float scale = ui.fonts.small->FontSize / ui.fonts.mono->FontSize;
    width = std::min(width * scale + 2 * pad, rect_.width - ui.px(20));
    const float height = line * static_cast<float>(lines.size()) + 2 * pad;
    const ImVec2 at(std::clamp(left, rect_.x + ui.px(10), rect_.right() - width - ui.px(10)),
                    bottom - height - ui.px(6));
    draw_card(ui, list, at, {at.x + width, at.y + height}, ui.theme.card, ui.theme.faint);
    list.PushClipRect(at, {at.x + width, at.y + height}, true);
    float y = at.y + pad;
    for (std::size_t row = 0; row < lines.size(); ++row, y += line) {
        const TaskId task = row < rows.size() ? rows[row].task : TaskId{};
        const std::string& text = lines[row];
        list.AddText(ui.fonts.mono, ui.fonts.small->FontSize, {at.x + pad, y},
                     to_im(task ? ui.hue(session, task) : ui.theme.text), text.data(),
                     text.data() + text.size());
    }
    list.PopClipRect();
}

}  // namespace loopscope::panels
