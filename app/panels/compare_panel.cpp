// SPDX-License-Identifier: MIT
#include "app/panels/compare_panel.hpp"

#include <array>

#include <fmt/format.h>

#include "app/panels/comparison_rows.hpp"
#include "app/panels/frame_budget.hpp"

namespace loopscope::panels {
namespace {

std::string count_text(const session::KeptRun& kept) {
    if (kept.differences().empty())
        return kept.compared() == 0 ? "nothing printed yet" : "no print differs so far";
    return fmt::format("{} of {} prints differ", kept.differences().size(), kept.compared());
}

/// Returns what to do where the kept run is the one that is shown.
std::string same_run_sentence(const session::Session& session) {
    if (session.setup())
        return "The kept run is this one: change a parameter (R) or the storage (G, H, C), and see what "
               "differs.";
    return session.feed().is_live()
               ? "The kept run is this one: select a storage in its past, or open what else could happen (1)."
               : "The kept run is this one: open another trace, and see what differs.";
}

}  // namespace

void ComparePanel::toggle(const session::Session& session) {
    shown_ = !shown_;
    if (shown_ && !kept_.any()) kept_.keep(session);
    if (!shown_) kept_.release();
}

ComparePanel::Response ComparePanel::update(const Ui& ui, const session::Session& session,
                                            timeline::Rect rect) {
    Panel panel(ui, "COMPARE", {rect.x, rect.y}, {rect.width, rect.height});
    Response response;
    if (!kept_.any()) return response;
    grows_ = kept_.update(session, events_per_frame);
    if (panel.tab("keep this run", false, "Compare with this run from now on")) response.keep = true;
    if (panel.tab("swap the two", false, "Run the kept run, and keep this one")) response.swap = true;
    panel.right_note(count_text(kept_), ui.theme.dim);

    const session::Side here = session::side_of(session);
    std::optional<PrintIndex> first;
    if (!kept_.differences().empty()) first = kept_.differences().front();
    const std::array<ComparedOutput, 2> outputs = {
        ComparedOutput{"this run", here, false, true},
        ComparedOutput{"kept run", kept_.side(), kept_.cut(), false, first,
                       "Run this one, and keep the other"}};
    float y = panel.origin().y;
    const ComparedClick click = comparison_rows(ui, session, outputs, panel, y);
    response.print = click.print;
    response.swap = response.swap || click.row.has_value();
    y += ui.px(compared_height(outputs.size()) + 12);

    const auto [one, other] = kept_.names(session);
    const bool same = one == "this run";
    y = draw_lines(
        panel.list(), ui.fonts.text, {panel.origin().x, y}, ui.theme.text,
        same ? same_run_sentence(session) : first_difference_sentence(here, kept_.side(), first, one, other),
        panel.width(), ui.fonts.text->FontSize, panel.bottom());
    settings(ui, session, panel, y + ui.px(14));
    return response;
}

void ComparePanel::settings(const Ui& ui, const session::Session& session, const Panel& panel, float y) {
    const float step = ui.fonts.text->FontSize + ui.px(4);
    const float columns[] = {panel.origin().x, panel.origin().x + panel.width() * 0.26F,
                             panel.origin().x + panel.width() * 0.63F};
    const float width = panel.width() * 0.35F;
    const auto fit = static_cast<std::size_t>(std::max((panel.bottom() - y) / step - 1, 0.0F));
    if (fit == 0) return;
    const std::vector<session::KeptRun::Row> rows = kept_.rows(session);
    const timeline::Rect area{panel.origin().x, y + step, panel.width(), panel.bottom() - y - step};
    settings_.update(area, rows.size(), fit);
    if (settings_.hidden() > 0)
        draw_text(panel.list(), ui.fonts.small, {columns[0], y}, ui.theme.dim, settings_.note(),
                  panel.width() * 0.24F);
    draw_text(panel.list(), ui.fonts.small, {columns[1], y}, ui.theme.dim, "this run");
    draw_text(panel.list(), ui.fonts.small, {columns[2], y}, ui.theme.dim, "kept run");
    for (std::size_t each = settings_.first(); each < settings_.end(); ++each) {
        const session::KeptRun::Row& row = rows[each];
        y += step;
        const timeline::Color color = row.differs() ? ui.theme.text : ui.theme.dim;
        draw_text(panel.list(), ui.fonts.small, {columns[0], y}, ui.theme.dim, row.name,
                  panel.width() * 0.24F);
        draw_text(panel.list(), ui.fonts.mono, {columns[1], y}, color, row.here, width);
        draw_text(panel.list(), ui.fonts.mono, {columns[2], y}, color, row.kept, width);
    }
    settings_.draw_bar(ui, panel.list(), area);
}

}  // namespace loopscope::panels
