// SPDX-License-Identifier: MIT
// The panels of a workspace: how they are drawn, and the requests that come from them.

#include <cassert>
#include <utility>

#include <fmt/format.h>

#include "app/panels/frame.hpp"
#include "app/panels/output_panel.hpp"
#include "app/panels/overlays.hpp"
#include "app/panels/workspace.hpp"

namespace loopscope::panels {
namespace {

using timeline::Rect;

/// The number of events that the compared runs may grow by in a frame, all together: a few milliseconds of
/// work.
constexpr std::uint32_t growth_per_frame = 20'000;

/// Returns the part of the timeline in which a sentence stands that stays.
Rect lower_part(Rect rect) {
    constexpr float share = 0.4F;
    return {rect.x, rect.y + rect.height * (1 - share), rect.width, rect.height * share};
}

}  // namespace

void Workspace::update(gl::Size size, double passed) {
    const Ui ui = look_.ui();
    ImGui::PushFont(ui.fonts.text);
    const Frame frame = arrange(size);
    output_ = frame.output;
    tooltip_.clear();
    ImGui::GetIO().UserData = &tooltip_;  // for show_tooltip
    const TopBar::Response response =
        bar_.update(ui, session_, variable(), navigator_.player(), {choice_, settings_.recent}, frame.bar);
    if (demo_) demo_caption(ui, *demo_, frame.caption);
    timeline_.set_asks(lesson_.asks());
    timeline_.set_found({hits_.lists()});
    const TimelinePanel::Response of_timeline = timeline_.update(ui, session_, text_, frame.timeline, passed);
    // What was clicked on is in view, which stays as it is.
    if (of_timeline.event)
        ask([this, event = *of_timeline.event] { navigator_.jump(event, Navigator::View::stays); });
    if (of_timeline.double_clicked) input_.spend_double_click();
    if (of_timeline.choice) ask([this, choice = *of_timeline.choice] { carry_out(choice); });
    lower_panels(ui, frame, passed);
    runs_grow_ = runs_.update(session_, growth_per_frame);
    if (frame.output.width > 0) output(ui, frame.output);
    move_borders(ui, frame);
    hint(ui, frame.timeline);
    dialogs(ui, frame);
    ImGui::PopFont();
    navigator_.note();
    if (response.action) perform(*response.action);
    if (response.round) ask([this, action = *response.round] { navigator_.go_round(action); });
    if (response.file) open(*response.file);
    if (response.program.any()) ask([this, program = response.program] { start_program(program); });
    note_open_things();
    take_keys_in_lists();
    seen_ = seen();
}

// The keyboard moves through a list that is open, and through nothing else.
void Workspace::take_keys_in_lists() {
    const bool lists = !help_ && !palette_.is_open() && !marks_.is_open() && !open_dialog_.is_open() &&
                       !quit_question_.asks() &&
                       ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
    int& flags = ImGui::GetIO().ConfigFlags;
    flags = lists ? flags | ImGuiConfigFlags_NavEnableKeyboard : flags & ~ImGuiConfigFlags_NavEnableKeyboard;
}

Frame Workspace::arrange(gl::Size size) const {
    FrameChoice choice = choice_;
    // They take the place of SOURCE, which may be hidden.
    if (compare_.shown() || explore_.shown()) choice.show(Part::source);
    return {
        size, look_.scale(), {lesson_.shown(), look_.presents(), demo_.has_value(), shows_tracks()}, choice};
}

void Workspace::move_borders(const Ui& ui, const Frame& frame) {
    if (const auto moved = border_drag_.update(ui, frame)) {
        if (!moved->share) input_.spend_double_click();
        requests_.emplace_back([this, moved = *moved] { choice_.set_share(moved.border, moved.share); });
    }
}

void Workspace::dialogs(const Ui& ui, const Frame& frame) {
    keys_help(ui, help_);
    const auto chosen = palette_.update(ui);
    const MarksList::Response mark = marks_.update(ui, session_);
    const TextBar::Response text = text_bar_.update(ui, frame.timeline, place_text(hits_, session_));
    const auto file = open_dialog_.update(ui);
    if (open_dialog_.take_double_click()) input_.spend_double_click();
    const auto answer = quit_question_.update(ui);
    if (text.any()) ask([this, text] { take_text(text); });
    if (chosen) perform(*chosen);
    go_to(mark.event);
    if (mark.remove) ask([this, event = *mark.remove] { session_.mark(event, {}); });
    if (file) open(*file);
    if (answer) ask([this, answer = *answer] { this->answer(answer); });
}

void Workspace::go_to(std::optional<EventIndex> event) {
    if (event) ask([this, event] { navigator_.jump(event); });
}

void Workspace::go_to_print(std::optional<PrintIndex> print) {
    if (print) ask([this, print] { navigator_.jump_to_print(print); });
}

void Workspace::compare(const Ui& ui, Rect rect) {
    const ComparePanel::Response response = compare_.update(ui, session_, rect);
    go_to_print(response.print);
    if (response.keep) ask([this] { compare_.keep(session_); });
    if (response.swap) ask([this] { swap_with_kept(); });
}

void Workspace::source(const Ui& ui, Rect rect) {
    const SourcePanel::Response response = source_.update(ui, session_, rect, language_);
    language_ = response.language.value_or(language_);
    go_to(response.event);
    if (response.nowhere) ask([this] { set_notice("No event of a trace happens in this line"); });
}

void Workspace::lesson(const Ui& ui, Rect rect) {
    const LessonPanel::Response response = lesson_.update(ui, rect);
    if (response.choice != 0) ask([this, response] { choose(response.choice); });
    if (response.next) ask([this] { next_stop(); });
}

void Workspace::explore(const Ui& ui, Rect rect) {
    auto schedule = explore_.update(ui, session_, rect);
    if (schedule) ask([this, schedule = std::move(*schedule)] { open_schedule(schedule); });
}

void Workspace::output(const Ui& ui, Rect rect) {
    // What other storages print would give the answer away.
    const bool compares = runs_.any() && !lesson_.asks_for_print() && !lesson_.hides();
    const OutputResponse response = output_panel(ui, {session_, hits_, lesson_.asks_for_print()},
                                                 compares ? &runs_ : nullptr, output_scroll_, rect);
    go_to_print(response.print);
    if (response.storage) ask([this, storage = *response.storage] { select(storage); });
}

// A click on the title of a panel that has no room makes that of the others beside it.
bool Workspace::folded(const Ui& ui, const Frame& frame, Part part, const char* heading, Rect rect) {
    if (!frame.is_folded(part)) return false;
    Panel panel(ui, heading, {rect.x, rect.y}, {rect.width, rect.height}, Panel::Content::anywhere);
    const std::string tip = fmt::format(
        "Click to have {} in the place of another panel. A larger window has room for both, and so has "
        "smaller "
        "text",
        heading);
    if (panel.tab("no room", false, tip)) ask([this, part] { choice_.prefer(part); });
    return true;
}

void Workspace::lower_panels(const Ui& ui, const Frame& frame, double passed) {
    if (frame.loop.width > 0 && !folded(ui, frame, Part::loop, "LOOP", frame.loop))
        loop_.update(ui, session_, frame.loop, language_, passed, navigator_.player().fast());
    if (frame.storage.width > 0 && !folded(ui, frame, Part::storage, "STORAGE", frame.storage))
        storage_.update(ui, session_, frame.storage);
    if (lesson_.shown()) return lesson(ui, frame.lesson);
    if (frame.details.width > 0) {
        if (!folded(ui, frame, Part::details, "DETAILS", frame.details))
            details_.update(ui, session_, frame.details);
    } else if (look_.presents()) {
        if (frame.why.width > 0) why_.line(ui, session_, frame.why);
        return;
    } else if (frame.source.width > 0 && !folded(ui, frame, Part::source, "SOURCE", frame.source)) {
        if (compare_.shown())
            compare(ui, frame.source);
        else if (explore_.shown())
            explore(ui, frame.source);
        else
            source(ui, frame.source);
    }
    if (frame.why.width > 0 && !folded(ui, frame, Part::why, "WHY", frame.why))
        go_to(why_.update(ui, session_, frame.why));
}

void Workspace::lay_out(render::Damage& damage) {
    assert(seen_ == seen());
    timeline_.lay_out(look_.ui(), session_, text_, damage);
}

void Workspace::draw(render::DrawListRenderer& renderer, gl::Size framebuffer, const gl::Region& region) {
    timeline_.draw(look_.theme(), renderer, framebuffer, region);
}

// Draws a line that says what to press until something is pressed; later the messages and notices, if there
// are any.
void Workspace::hint(const Ui& ui, Rect rect) {
    const bool first_time = !touched_ && session_.cursor() == session_.first_event();
    if (!message_.empty()) return sentence(ui, message_, rect);
    if (navigator_.busy() || navigator_.waits()) return sentence(ui, navigator_.progress(), rect);
    const std::string of_files = files_.progress();
    // Who works with a beginning is told what comes of that, and sees the lanes.
    const bool works_on = files_.reads(session_);
    if (works_on && !notice_.empty()) return sentence(ui, notice_, rect);
    if (!of_files.empty()) return sentence(ui, of_files, works_on ? lower_part(rect) : rect);
    if (const std::string progress = exports_.progress(); !progress.empty())
        return sentence(ui, progress, rect);
    if (!notice_.empty()) return sentence(ui, notice_, rect);
    if (session_.at_head()) {
        if (const std::string& failure = failure_.sentence(session_); !failure.empty())
            return sentence(ui, failure, rect);
    }
    if (session_.full() && session_.at_head())
        return sentence(ui, fmt::format("The trace ends here: {}", session_.log().why_full()), rect);
    if (first_time && session_.setup())
        sentence(ui, "Press Space to run it,  C for the storage contextvar,  ? for all keys", rect);
    if (first_time && session_.feed().is_live())
        sentence(
            ui, "It stands before its first handle: → runs one,  P goes to the next print,  ? shows all keys",
            rect);
}

}  // namespace loopscope::panels
