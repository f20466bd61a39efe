// SPDX-License-Identifier: MIT
#include "app/panels/explore_panel.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "app/panels/frame_budget.hpp"
#include "core/base/escape.hpp"
#include "core/base/excerpt.hpp"
#include "core/feed/python_runner.hpp"

namespace loopscope::panels {
namespace {

constexpr std::uint32_t schedules = 10'000;
constexpr std::uint32_t python_schedules = 1'000;  // a few seconds of a small program
constexpr Duration jitter = std::chrono::milliseconds(50);

/// Where a line of text stands, and what it is.
struct Line {
    float y = 0;
    bool leads = false;   ///< whether it can be clicked
    bool chosen = false;  ///< whether it was clicked last
    timeline::Color color = {};
};

/// Draws a line of text. Returns whether it was clicked.
bool draw_line(const Ui& ui, const Panel& panel, const Line& line, const std::string& text) {
    const float height = ui.fonts.mono->FontSize + ui.px(8);
    const ImVec2 from(panel.origin().x - ui.px(6), line.y - ui.px(4));
    const ImVec2 to(from.x + panel.width() + ui.px(6), from.y + height);
    const bool hovered = line.leads && ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(from, to);
    if (hovered || line.chosen) panel.list().AddRectFilled(from, to, to_im(ui.theme.marked), ui.px(4));
    if (line.chosen)
        panel.list().AddRectFilled(from, {from.x + ui.px(3), to.y}, to_im(ui.theme.text), ui.px(1.5F));
    draw_text(panel.list(), ui.fonts.mono, {panel.origin().x, line.y}, line.color, text, panel.width());
    if (hovered) show_tooltip("Show this run from its start", from, to);
    return hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
}

/// Returns how an outcome ended, if not as a program should.
std::string ending(const explore::Outcome& outcome) {
    return outcome.failed() ? fmt::format("[{}]  ", terminal_line(feed::ending_text(outcome)))
                            : std::string();
}

std::string shortest(const explore::Report& report) {
    if (!report.shortest_leak) return "No schedule of these leaks.";
    const std::size_t length = explore::deviations(report.shortest_leak->schedule.choices);
    if (length == 0) return "It leaks in asyncio's own order already.";
    return fmt::format("The shortest schedule that leaks: {} choice{} unlike asyncio's own.", length,
                       length == 1 ? "" : "s");
}

}  // namespace

ExplorePanel::Common::Common(const explore::Report& report) {
    if (report.outcomes.empty()) return;
    std::string_view same = report.outcomes.front().output;
    for (const explore::Outcome& each : report.outcomes) {
        leaks = leaks || each.leaks > 0;
        stales = stales || each.stales > 0;
        const auto differ = std::ranges::mismatch(same, each.output);
        same = same.substr(0, static_cast<std::size_t>(differ.in1 - same.begin()));
    }
    const std::size_t end = same.rfind('\n');
    if (end != std::string_view::npos && report.outcomes.size() > 1) output = end + 1;
}

std::string ExplorePanel::row(const explore::Outcome& outcome, const explore::Report& report,
                              const Common& common) {
    std::string text = fmt::format("{:>6.2f} %  ", 100.0 * outcome.count / std::max(report.schedules, 1U));
    if (common.leaks) text += fmt::format("{:>4} leak{}  ", outcome.leaks, outcome.leaks == 1 ? " " : "s");
    if (common.stales) text += fmt::format("{:>4} stale  ", outcome.stales);
    const bool is_ordinary = report.ordinary && &report.outcomes[*report.ordinary] == &outcome;
    text += is_ordinary            ? "asyncio's own      "
            : outcome.possible > 0 ? "asyncio could      "
                                   : "asyncio could not  ";
    const std::string_view rest = std::string_view(outcome.output).substr(common.output);
    return text + ending(outcome) + (common.output > 0 ? "… " : "") + terminal_line(excerpt(rest));
}

void ExplorePanel::close() {
    shown_ = false;
    if (running()) exploration_.reset();
}

bool ExplorePanel::is_about(const session::Session& session) const {
    if (!exploration_) return false;
    if (program_) {
        const std::shared_ptr<feed::Feed> shown = session.branch()->feed;
        return std::ranges::any_of(about_, [&](const auto& each) { return each.lock() == shown; });
    }
    if (!session.setup()) return false;
    const explore::Subject& subject = exploration_->subject();
    return subject.program == session.setup()->program && subject.storage == session.storage() &&
           subject.arguments.settings() == session.setup()->arguments.settings();
}

void ExplorePanel::begin(const session::Session& session) {
    exploration_.reset();
    about_ = {session.branch()->feed};
    chosen_.reset();
    common_.reset();
    told_ = false;
    scroll_.to_top();
    program_ = nullptr;
    if (!session.setup()) return begin(session.feed().explored().value());
    explore::Options options;
    options.freedoms = {.ties = true, .jitter = jitter, .ready = true, .sets = true};
    options.schedules = schedules;
    const feed::Setup& setup = *session.setup();
    exploration_ = std::make_unique<feed::Exploration>(
        explore::Subject{setup.program, setup.arguments, session.storage()}, options);
}

void ExplorePanel::begin(std::shared_ptr<const feed::ExploredProgram> program) {
    explore::Options options;
    options.freedoms = {
        .ties = true, .jitter = jitter, .ready = true, .io = true, .sets = true, .threads = true};
    options.schedules = python_schedules;
    program_ = std::move(program);
    exploration_ = std::make_unique<feed::Exploration>(
        [program = program_]() -> Result<std::shared_ptr<explore::Runner>> {
            return std::make_shared<feed::PythonRunner>(*program);
        },
        options);
}

std::optional<explore::Schedule> ExplorePanel::update(const Ui& ui, const session::Session& session,
                                                      timeline::Rect rect) {
    Panel panel(ui, "WHAT ELSE COULD HAPPEN", {rect.x, rect.y}, {rect.width, rect.height});
    const auto say = [&](const std::string& text, timeline::Color color, float y) {
        return draw_lines(panel.list(), ui.fonts.text, {panel.origin().x, y}, color, text, panel.width(),
                          ui.fonts.text->FontSize * 1.35F, panel.bottom());
    };
    float y = panel.origin().y;
    if (!is_about(session)) {
        const auto program = session.feed().explored();
        if (!session.setup() && !program) {
            say(program.error().message, ui.theme.dim, y);
            return std::nullopt;
        }
        begin(session);
    }
    const Status status = exploration_->poll(frame_slice);
    told_ = is_over(status);
    if (!told_) {
        progress(ui, panel);
        return std::nullopt;
    }
    if (status == Status::failed) {
        say(exploration_->error().message, ui.theme.dim, y);
        return std::nullopt;
    }
    const explore::Report& report = exploration_->report();
    if (!common_) common_.emplace(report);
    panel.note(fmt::format("{} schedules{}, {} outcomes; click one: its trace", report.schedules,
                           report.cancelled ? ", then stopped" : "", report.outcomes.size()),
               ui.theme.hint);
    if (!report.notice.empty()) y = say(report.notice, ui.theme.dim, y) + ui.px(6);
    std::optional<explore::Schedule> clicked;
    const Line first{y, report.shortest_leak.has_value(), false, ui.theme.text};
    if (draw_line(ui, panel, first, shortest(report))) clicked = report.shortest_leak->schedule;
    rows(ui, panel, report, y + (ui.fonts.mono->FontSize + ui.px(8)) * 1.4F, clicked);
    if (clicked) chosen_ = clicked;
    return clicked;
}

void ExplorePanel::progress(const Ui& ui, Panel& panel) {
    if (panel.tab("stop", false, "Run no more schedules, and show what there is")) exploration_->cancel();
    const std::uint32_t ran = exploration_->schedules_run();
    panel.note(ran == 0 ? std::string("the program starts") : fmt::format("{} schedules so far", ran),
               ui.theme.dim);
    const ImVec2 from = panel.origin();
    const float width = panel.width();
    const float height = ui.px(6);
    panel.list().AddRectFilled(from, {from.x + width, from.y + height}, to_im(ui.theme.line), height / 2);
    const float done = std::max(static_cast<float>(exploration_->progress()) * width, height);
    panel.list().AddRectFilled(from, {from.x + done, from.y + height}, to_im(ui.theme.dim), height / 2);
}

void ExplorePanel::rows(const Ui& ui, const Panel& panel, const explore::Report& report, float y,
                        std::optional<explore::Schedule>& clicked) {
    const float step = ui.fonts.mono->FontSize + ui.px(8);
    const auto fitting = static_cast<std::size_t>(std::max((panel.bottom() - y) / step, 0.0F));
    if (fitting == 0) return;
    const std::size_t count = report.outcomes.size();
    const bool has_note = fitting > 1 && fitting < count;
    const timeline::Rect area{panel.origin().x, y - ui.px(4), panel.width(), panel.bottom() - y};
    scroll_.update(area, count, std::max<std::size_t>(fitting - (has_note ? 1 : 0), 1));
    for (std::size_t at = scroll_.first(); at < scroll_.end(); ++at, y += step) {
        const explore::Outcome& outcome = report.outcomes[at];
        const timeline::Color color = outcome.possible > 0 ? ui.theme.text : ui.theme.dim;
        if (draw_line(ui, panel, {y, true, chosen_ == outcome.example, color},
                      row(outcome, report, *common_)))
            clicked = outcome.example;
    }
    scroll_.draw_bar(ui, panel.list(), area);
    if (has_note)
        draw_text(panel.list(), ui.fonts.small, {panel.origin().x, y}, ui.theme.dim, scroll_.note(),
                  panel.width());
}

}  // namespace loopscope::panels
