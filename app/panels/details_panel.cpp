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

DetailsPanel::Rows DetailsPanel::rows_of(const session::Session& session) {
    const SliceView view = explain::slice_view(session.facts());
    const trace::Index& index = session.index();
    Rows rows;
    const auto add = [&](std::string_view name, std::string value) {
        if (!value.empty()) rows.facts.push_back({std::string(name), std::move(value)});
    };
    if (view.what == SliceView::What::nothing) {
        const explain::SliceTotals totals = explain::slice_totals(index);
        add("tracks", explain::count_text(totals.tracks));
        add("slices", explain::count_text(totals.slices));
        add("instants", explain::count_text(totals.instants));
        add("flows", explain::count_text(totals.flows));
        add("counters", explain::count_text(totals.counters));
        add("length", explain::duration_text(index.time(session.log(), session.head())));
        return rows;
    }
    add(view.what == SliceView::What::count ? "counter" : "name", shown(view.name));
    add("category", shown(view.category));
    if (view.track != 0) {
        const trace::TrackInfo& track = index.tracks().track(view.track);
        const auto label = [&](std::uint32_t each) {
            return explain::track_label(session.log(), index, each);
        };
        const explain::TrackName name = explain::track_name(session.log(), index, view.track);
        add(explain::track_word(track.kind), track.name ? name.whole() : name.behind);
        if (track.parent != 0) add("of", label(track.parent));
        if (track.cause != 0) add("came of", label(track.cause));
    }
    add(view.what == SliceView::What::slice ? "begins" : "at", trace::time_text(view.begin));
    if (view.what == SliceView::What::count) add("value", explain::value_text(view.value));
    if (view.what == SliceView::What::slice)
        add("lasts", view.end ? explain::duration_text(*view.end - view.begin) : "the trace does not say");
    if (view.inner > 0 && view.own) add("own time", explain::duration_text(*view.own));
    if (view.inner > 0) add("slices inside", explain::count_text(view.inner));
    for (const SliceView::Other& each : view.flows)
        add(each.leads_here ? "flow from" : "flow to",
            fmt::format("{} on {}{}{}", each.name, explain::track_label(session.log(), index, each.track),
                        each.flow.empty() ? "" : ": ", each.flow));
    for (const SliceView::Argument& each : view.arguments)
        rows.arguments.push_back({shown(each.name), shown(each.value)});
    for (const SliceView::Argument& each : view.flow_arguments)
        rows.arguments.push_back({"flow: " + shown(each.name), shown(each.value)});
    return rows;
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
