#include "app/panels/explore_panel.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/excerpt.hpp"

namespace loopscope::panels {
namespace {

constexpr std::uint32_t schedules = 10'000;
constexpr Duration jitter = std::chrono::milliseconds(50);

/// Draws a line of text. Returns whether it was clicked; only a line that `leads` somewhere can be.
bool line(const Ui& ui, const Panel& panel, float y, bool leads, timeline::Color color,
          const std::string& text) {
    const float height = ui.fonts.mono->FontSize + ui.px(8);
    const ImVec2 from(panel.origin().x - ui.px(6), y - ui.px(4));
    const ImVec2 to(from.x + panel.width() + ui.px(6), from.y + height);
    const bool hovered = leads && ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(from, to);
    if (hovered) panel.list().AddRectFilled(from, to, to_im(ui.theme.line), ui.px(4));
    draw_text(panel.list(), ui.fonts.mono, {panel.origin().x, y}, color, text, panel.width());
    return hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
}

std::string row(const explore::Outcome& outcome, const explore::Report& report) {
    const double share = 100.0 * outcome.count / std::max(report.schedules, 1U);
    return fmt::format(
        "{:>6.2f} %  {:>4} leak{}  {}{}  {}", share, outcome.leaks, outcome.leaks == 1 ? " " : "s",
        outcome.stales > 0 ? fmt::format("{:>4} stale  ", outcome.stales) : "",
        outcome.possible > 0 ? "asyncio could   " : "asyncio could not", excerpt(outcome.output));
}

std::string shortest(const explore::Report& report) {
    if (!report.shortest_leak) return "No schedule of these leaks.";
    const std::size_t length = explore::deviations(report.shortest_leak->schedule.choices);
    if (length == 0) return "It leaks in asyncio's own order already.";
    return fmt::format("The shortest schedule that leaks: {} choice{} unlike asyncio's own.", length,
                       length == 1 ? "" : "s");
}

}  // namespace

void ExplorePanel::toggle() {
    shown_ = !shown_;
    if (!shown_) exploration_.reset();
}

bool ExplorePanel::is_about(const session::Session& session) const {
    if (!exploration_ || !session.setup()) return false;
    const explore::Subject& subject = exploration_->subject();
    return subject.program == session.setup()->program && subject.storage == session.storage() &&
           subject.arguments.settings() == session.setup()->arguments.settings();
}

void ExplorePanel::begin(const session::Session& session) {
    explore::Options options;
    options.freedoms = {true, jitter, true};
    options.schedules = schedules;
    const feed::Setup& setup = *session.setup();
    exploration_ = std::make_unique<feed::Exploration>(
        explore::Subject{setup.program, setup.arguments, session.storage()}, options);
}

std::optional<explore::Schedule> ExplorePanel::update(const Ui& ui, const session::Session& session,
                                                      timeline::Rect rect) {
    Panel panel(ui, "WHAT ELSE COULD HAPPEN", {rect.x, rect.y}, {rect.width, rect.height});
    if (!session.setup()) {
        panel.note("a recording cannot run under other schedules", ui.theme.dim);
        return std::nullopt;
    }
    if (!is_about(session)) begin(session);
    float y = panel.origin().y;
    const Status status = exploration_->poll();
    if (!is_over(status)) {
        panel.note(fmt::format("{} schedules so far", exploration_->schedules_run()), ui.theme.dim);
        return std::nullopt;
    }
    if (status == Status::failed) {
        panel.note(exploration_->error().message, ui.theme.dim);
        return std::nullopt;
    }
    const explore::Report& report = exploration_->report();
    panel.note(fmt::format("{} schedules, {} different outputs; click one: its trace", report.schedules,
                           report.outcomes.size()),
               ui.theme.faint);
    std::optional<explore::Schedule> clicked;
    const float step = ui.fonts.mono->FontSize + ui.px(8);
    if (line(ui, panel, y, report.shortest_leak.has_value(), ui.theme.text, shortest(report)))
        clicked = report.shortest_leak->schedule;
    y += step * 1.4F;
    for (const explore::Outcome& outcome : report.outcomes) {
        if (y + step > panel.bottom()) break;
        const timeline::Color color = outcome.possible > 0 ? ui.theme.text : ui.theme.dim;
        if (line(ui, panel, y, true, color, row(outcome, report))) clicked = outcome.example;
        y += step;
    }
    return clicked;
}

}  // namespace loopscope::panels
