// SPDX-License-Identifier: MIT
#include "app/panels/details_panel.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include "core/explain/words.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {
namespace {

using explain::SliceView;

constexpr float details_row_spacing = 1.4F;  // of the font's size
constexpr float details_name_width = 132;    // design pixels
constexpr std::size_t max_details = 4096;    // bytes of a value: more than a tooltip can show

std::string shown(std::string_view text) {
    return std::string(beginning_of(text, max_details)) + (text.size() > max_details ? "…" : "");
}

}  // namespace

/// The rows as they are put together.
class DetailsPanel::Writer {
  public:
    explicit Writer(const session::Session& session)
        : session_(session), view_(explain::slice_view(session.facts())) {}

    Rows write() {
        if (view_.what == SliceView::What::nothing) {
            totals();
        } else {
            what();
            where();
            when();
            flows();
            arguments("", view_.arguments);
            arguments("flow: ", view_.flow_arguments);
        }
        return std::move(rows_);
    }

  private:
    void add(std::string_view name, std::string value) {
        if (!value.empty()) rows_.facts.push_back({std::string(name), std::move(value)});
    }

    void totals() {
        const explain::SliceTotals totals = explain::slice_totals(session_.index());
        add("tracks", explain::count_text(totals.tracks));
        add("slices", explain::count_text(totals.slices));
        add("instants", explain::count_text(totals.instants));
        add("flows", explain::count_text(totals.flows));
        add("counters", explain::count_text(totals.counters));
        add("length", explain::duration_text(session_.index().time(session_.log(), session_.head())));
    }

    void what() {
        add(view_.what == SliceView::What::count ? "counter" : "name", shown(view_.name));
        add("category", shown(view_.category));
    }

    void where() {
        if (view_.track == 0) return;
        const trace::TrackInfo& track = session_.index().tracks().track(view_.track);
        const explain::TrackName name = explain::track_name(session_.log(), session_.index(), view_.track);
        add(explain::track_word(track.kind), track.name ? name.whole() : name.behind);
        if (track.parent != 0) add("of", label(track.parent));
        if (track.cause != 0) add("came of", label(track.cause));
    }

    void when() {
        const bool is_slice = view_.what == SliceView::What::slice;
        add(is_slice ? "begins" : "at", trace::time_text(view_.begin));
        if (view_.what == SliceView::What::count) add("value", explain::value_text(view_.value));
        if (is_slice)
            add("lasts",
                view_.end ? explain::duration_text(*view_.end - view_.begin) : "the trace does not say");
        if (view_.inner == 0) return;
        if (view_.own) add("own time", explain::duration_text(*view_.own));
        add("slices inside", explain::count_text(view_.inner));
    }

    void flows() {
        for (const SliceView::Other& each : view_.flows)
            add(each.leads_here ? "flow from" : "flow to",
                fmt::format("{} on {}{}{}", each.name, label(each.track), each.flow.empty() ? "" : ": ",
                            each.flow));
    }

    void arguments(std::string_view of, const std::vector<SliceView::Argument>& arguments) {
        for (const SliceView::Argument& each : arguments)
            rows_.arguments.push_back({std::string(of) + shown(each.name), shown(each.value)});
    }

    [[nodiscard]] std::string label(std::uint32_t track) const {
        return explain::track_label(session_.log(), session_.index(), track);
    }

    const session::Session& session_;
    SliceView view_;
    Rows rows_;
};

DetailsPanel::Rows DetailsPanel::rows_of(const session::Session& session) {
    return Writer(session).write();
}

void DetailsPanel::Column::draw(const Ui& ui, const Panel& panel, ImVec2 at, float step, const Row& row) {
    const float width = panel.width();
    const float names = std::min(ui.px(details_name_width), width * 0.4F);
    draw_text(panel.list(), ui.fonts.text, at, ui.theme.dim, row.name, names - ui.px(10));
    const FittedText fitted = fit_text(ui.fonts.text, row.value, width - names);
    draw_text(panel.list(), ui.fonts.text, {at.x + names, at.y}, ui.theme.text, row.value, width - names);
    const bool hovered =
        ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(at, {at.x + width, at.y + step});
    if (hovered && !fitted.whole) show_tooltip(row.value, at, {at.x + width, at.y + step});
}

std::string DetailsPanel::Column::draw(const Ui& ui, const Panel& panel, const std::vector<Row>& rows) {
    const float step = std::round(ui.fonts.text->FontSize * details_row_spacing);
    ImVec2 at = panel.origin();
    const auto fit = static_cast<std::size_t>(std::max((panel.bottom() - at.y) / step, 1.0F));
    const timeline::Rect area{at.x, at.y, panel.width(), panel.bottom() - at.y};
    scroll_.update(area, rows.size(), fit);
    for (std::size_t row = scroll_.first(); row < scroll_.end(); ++row, at.y += step)
        draw(ui, panel, at, step, rows[row]);
    scroll_.draw_bar(ui, panel.list(), area);
    return scroll_.note();
}

void DetailsPanel::update(const Ui& ui, const session::Session& session, timeline::Rect rect) {
    const Rows& rows = rows_.get(session, [&] { return rows_of(session); });
    if (shown_ != session.cursor()) {
        facts_.to_top();
        arguments_.to_top();
    }
    shown_ = session.cursor();
    const bool has_two = !rows.arguments.empty();
    const float left = has_two ? std::round(rect.width * 0.48F) : rect.width;
    {
        Panel panel(ui, "DETAILS", {rect.x, rect.y}, {left, rect.height});
        const std::string part = facts_.draw(ui, panel, rows.facts);
        if (!part.empty()) panel.right_note(part, ui.theme.dim);
        if (session.cursor() == session.first_event()) panel.hint("click a slice, or → for the first one");
    }
    if (!has_two) return;
    Panel panel(ui, "ARGUMENTS", {rect.x + left, rect.y}, {rect.width - left, rect.height});
    const std::string part = arguments_.draw(ui, panel, rows.arguments);
    if (!part.empty()) panel.right_note(part, ui.theme.dim);
}

}  // namespace loopscope::panels
