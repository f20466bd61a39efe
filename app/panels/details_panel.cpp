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

constexpr float row_spacing = 1.4F;      // of the font's size
constexpr float name_width = 132;        // design pixels
constexpr std::size_t max_shown = 4096;  // bytes of a value: more than a tooltip can show

std::string shown(std::string_view text) {
    return std::string(beginning_of(text, max_shown)) + (text.size() > max_shown ? "…" : "");
}

}  // namespace

std::vector<DetailsPanel::Row> DetailsPanel::rows_of(const session::Session& session) {
    const SliceView view = explain::slice_view(session.facts());
    const trace::Index& index = session.index();
    std::vector<Row> rows;
    const auto add = [&](std::string_view name, std::string value) {
        if (!value.empty()) rows.push_back({std::string(name), std::move(value), false});
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
        add(track.kind == trace::TrackKind::plain ? "track" : trace::name(track.kind), label(view.track));
        add("id", shown(session.log().strings()[track.identity]));
        if (track.parent != 0) add("of", label(track.parent));
        if (track.cause != 0) add("came of", label(track.cause));
    }
    add(view.what == SliceView::What::slice ? "begins" : "at", trace::time_text(view.begin));
    if (view.what == SliceView::What::count) add("value", fmt::format("{:g}", view.value));
    if (view.what == SliceView::What::slice)
        add("lasts", view.end ? explain::duration_text(*view.end - view.begin) : "the trace does not say");
    if (view.inner > 0 && view.own) add("its own", explain::duration_text(*view.own));
    if (view.inner > 0) add("slices inside", explain::count_text(view.inner));
    if (!view.arguments.empty()) rows.push_back({"ARGUMENTS", {}, true});
    for (const SliceView::Argument& each : view.arguments) add(shown(each.name), shown(each.value));
    return rows;
}

std::size_t DetailsPanel::scrolled(const session::Session& session, std::size_t rows, std::size_t fit) {
    if (scrolled_at_ != session.cursor()) scroll_ = 0;
    scrolled_at_ = session.cursor();
    const std::size_t last = rows > fit ? rows - fit : 0;
    if (ImGui::IsWindowHovered() && ImGui::GetIO().MouseWheel != 0) {
        const auto turned = static_cast<std::ptrdiff_t>(std::lround(ImGui::GetIO().MouseWheel * 3));
        scroll_ = static_cast<std::size_t>(
            std::max<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(scroll_) - turned, 0));
    }
    return scroll_ = std::min(scroll_, last);
}

void DetailsPanel::draw(const Ui& ui, const Panel& panel, const Row& row, float y, float step) {
    const ImVec2 at(panel.origin().x, y);
    if (row.is_heading) {
        draw_text(panel.list(), ui.fonts.small, {at.x, y + ui.px(2)}, ui.theme.dim, row.name);
        return;
    }
    const float names = std::min(ui.px(name_width), panel.width() / 2);
    draw_text(panel.list(), ui.fonts.text, at, ui.theme.dim, row.name, names - ui.px(10));
    const FittedText fitted = fit_text(ui.fonts.text, row.value, panel.width() - names);
    draw_text(panel.list(), ui.fonts.text, {at.x + names, y}, ui.theme.text, row.value,
              panel.width() - names);
    const bool hovered =
        ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(at, {at.x + panel.width(), y + step});
    if (hovered && !fitted.whole) show_tooltip(row.value);
}

void DetailsPanel::update(const Ui& ui, const session::Session& session, timeline::Rect rect) {
    Panel panel(ui, "DETAILS", {rect.x, rect.y}, {rect.width, rect.height});
    const std::vector<Row>& rows = rows_.get(session, [&] { return rows_of(session); });
    const float step = std::round(ui.fonts.text->FontSize * row_spacing);
    const auto fit = static_cast<std::size_t>(std::max((panel.bottom() - panel.origin().y) / step, 1.0F));
    const std::size_t first = scrolled(session, rows.size(), fit);
    const std::size_t last = std::min(rows.size(), first + fit);
    float y = panel.origin().y;
    for (std::size_t row = first; row < last; ++row, y += step) draw(ui, panel, rows[row], y, step);
    if (last < rows.size() || first > 0)
        panel.right_note(fmt::format("{} to {} of {}", first + 1, last, rows.size()), ui.theme.faint);
    if (session.log()[session.cursor()].kind() == trace::Kind::begin)
        panel.hint("click a slice, or → for the first one");
}

}  // namespace loopscope::panels
