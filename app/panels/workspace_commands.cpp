// SPDX-License-Identifier: MIT
// The commands of a workspace: keys, buttons, palette and menu, demos, and the texts of its text bar.

#include <utility>

#include <fmt/format.h>

#include "app/panels/workspace.hpp"

namespace loopscope::panels {
namespace {

using trace::Storage;

bool is_popup_open() {
    return ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
}

/// Returns the storage that a command selects; nothing for any other command.
std::optional<Storage> storage_of(Action action) {
    switch (action) {
        case Action::storage_argument: return Storage::argument;
        case Action::storage_global: return Storage::global;
        case Action::storage_thread_local: return Storage::thread_local_;
        case Action::storage_contextvar: return Storage::contextvar;
        case Action::storage_context_shared: return Storage::context_shared;
        case Action::storage_context_copy: return Storage::context_copy;
        case Action::storage_context_chainmap: return Storage::context_chainmap;
        default: return std::nullopt;
    }
}

/// Returns whether a command does something that is seen whatever stands in front.
bool is_seen_behind(Action action) {
    return action == Action::quit || action == Action::fullscreen || action == Action::larger ||
           action == Action::smaller || action == Action::normal_size || action == Action::theme;
}

/// Returns whether a command moves the cursor or the view, and opens nothing: several may be carried out
/// before the next frame.
bool is_motion(Action action) {
    return (action >= Action::handle_forward && action <= Action::head) ||
           (action >= Action::zoom_in && action <= Action::pan_right);
}

}  // namespace

bool Workspace::is_opening() const {
    // ImGui gives a field the focus some frames late. Until then, typed keys are neither commands nor text.
    return palette_.is_opening() || text_bar_.takes_focus() || bar_.is_opening() || open_dialog_.is_opening();
}

void Workspace::take_input() {
    if (is_opening()) return;
    input_.pass_on([this](int key, std::uint8_t modifiers) { return take_key(key, modifiers); });
}

InputQueue::Taken Workspace::take_key(int key, std::uint8_t modifiers) {
    const Command* const command = find_command(key, modifiers);
    if (quit_question_.asks()) {
        const auto answer = QuitQuestion::answer_of(key);
        if (answer) this->answer(*answer);
        return {answer.has_value(), false};
    }
    if (help_ || is_popup_open()) return take_key_in_front(command);
    if (lesson_.shown() && modifiers == none && digit_of(key) >= 0) {
        // A second digit that is typed by mistake must not do anything else.
        begin_anew();
        choose(static_cast<std::size_t>(digit_of(key)));
        return {true, false};
    }
    if (!command) return {};
    carry_out(demo_ && command->action == Action::play ? Action::next : command->action);
    return {true, is_motion(command->action)};
}

InputQueue::Taken Workspace::take_key_in_front(const Command* command) {
    if (!command) return {};
    const Action action = command->action;
    const bool closes_help = help_ && (action == Action::help || action == Action::leave);
    const bool closes_list =
        (action == Action::menu && bar_.shows_menu()) || (action == Action::program && bar_.shows_programs());
    if (closes_help)
        help_ = false;
    else if (closes_list || is_seen_behind(action))
        carry_out(action);
    else
        return {};
    return {true, false};
}

void Workspace::choose(std::size_t number) {
    if (lesson_.choose(number, session_)) return follow_lesson();
    const std::size_t choices = lesson_.choices();
    if (choices > 0 && (number == 0 || number > choices))
        set_notice(fmt::format("{} is not among the choices: choose from 1 to {}", number, choices));
}

// Stops the work under way for most commands. Escape ends no more than what was begun last.
bool Workspace::stops(Action action) {
    if (action == Action::leave) return false;
    if (navigator_.busy_with(action)) return true;  // starting again would only take longer
    if (navigator_.busy() && !(demo_ && action == Action::next)) navigator_.stop();
    return false;
}

void Workspace::carry_out(Action action) {
    begin_anew();
    if (action == Action::leave && is_popup_open()) return;  // ImGui closes the popup
    if (!stops(action)) act(action);
}

void Workspace::carry_out(const ContextMenu::Choice& choice) {
    if (choice.ends_range) return timeline_.end_range();
    if (choice.removes_mark) return session_.mark(*choice.event, {});
    if (choice.event) navigator_.jump(choice.event);
    if (choice.action) carry_out(*choice.action);
}

void Workspace::act(Action action) {
    if (acts_on_files(action) || acts_on_panels(action)) return;
    const auto expect = [&](bool found) {
        if (!found) tell({action, timeline_.selected()});
    };
    if (const auto storage = storage_of(action)) return select(*storage);
    switch (action) {
        case Action::play:
            return session_.index().is_of_tracks()
                       ? set_notice("All of this trace has happened: → goes from slice to slice")
                       : navigator_.play();
        case Action::variable: return choose_next_variable();
        case Action::axis: return expect(timeline_.toggle_axis(session_));
        case Action::zoom_in: return timeline_.zoom(1, session_);
        case Action::zoom_out: return timeline_.zoom(-1, session_);
        case Action::pan_left: return timeline_.pan(-0.15F);
        case Action::pan_right: return timeline_.pan(0.15F);
        case Action::fit_all: return timeline_.fit_all(session_);
        case Action::fit_selection: return timeline_.fit_selection(session_);
        case Action::language: language_ = other(language_); return expect(session_.about().has_twin());
        case Action::faster: return navigator_.player().faster();
        case Action::slower: return navigator_.player().slower();
        case Action::larger: return look_.larger();
        case Action::smaller: return look_.smaller();
        case Action::normal_size: return look_.normal_size();
        case Action::fold: return expect(timeline_.fold());
        case Action::fold_all: return expect(timeline_.fold_all());
        case Action::lane_above: return timeline_.select_lane(-1, session_);
        case Action::lane_below: return timeline_.select_lane(1, session_);
        case Action::filter: return text_bar_.open(TextBar::Purpose::filter, timeline_.filter_text());
        case Action::sort: return timeline_.next_order();
        case Action::search: return ask_for_text(TextBar::Purpose::search);
        case Action::found_forward: return search({text_bar_.search_text(), session::Direction::forward});
        case Action::found_back: return search({text_bar_.search_text(), session::Direction::back});
        case Action::mark: return ask_for_text(TextBar::Purpose::mark);
        case Action::marks: return marks_.open();
        case Action::view_back: return expect(timeline_.view_back());
        case Action::arrows: return timeline_.next_arrows();
        case Action::theme: return look_.next_theme();
        case Action::undo: return navigator_.take_back(false);
        case Action::redo: return navigator_.take_back(true);
        case Action::palette: return palette_.open();
        case Action::menu: return bar_.toggle_menu();
        case Action::program: return lesson_.asks() ? set_notice(answer_first) : bar_.toggle_programs();
        case Action::explore: return source_is_hidden() ? void() : (compare_.close(), explore_.toggle());
        case Action::compare:
            return source_is_hidden() ? void() : (explore_.close(), compare_.toggle(session_));
        case Action::lesson: return lesson_.toggle(session_);
        case Action::present: return look_.toggle_presenting();
        case Action::fullscreen: fullscreen_ = !fullscreen_; return;
        case Action::next: return next();
        case Action::back: return back();
        case Action::leave: return leave();
        case Action::help: help_ = !help_; return;
        default: return navigator_.step(action, differs());
    }
}

// A command is carried out when the one before it has arrived.
void Workspace::show(const std::vector<Action>& actions) {
    to_show_.insert(to_show_.end(), actions.begin(), actions.end());
    while (!navigator_.busy() && !to_show_.empty()) {
        const Action action = to_show_.front();
        to_show_.pop_front();
        carry_out(action);
    }
}

bool Workspace::source_is_hidden() {
    if (lesson_.asks())
        set_notice(answer_first);
    else if (lesson_.shown())
        set_notice("Leave the lesson first, with Escape: it takes the place of this panel");
    else if (session_.index().is_of_tracks())
        set_notice("This trace has tracks and no program that could run or be compared");
    else if (look_.presents())
        set_notice("There is no room for this while presenting: 4 shows all panels");
    else
        return false;
    return true;
}

void Workspace::next() {
    if (demo_) return show(demo_->next());
    if (!lesson_.shown()) return tell({Action::next});
    if (lesson_.asks()) return set_notice(answer_first);
    if (lesson_.lists()) return set_notice(fmt::format("Choose a lesson, from 1 to {}", lesson_.choices()));
    next_stop();
}

void Workspace::back() {
    if (!lesson_.shown() || lesson_.lists()) return tell({Action::back});
    if (!lesson_.back(session_)) return set_notice("This is the first stop of the lesson");
    follow_lesson();
}

void Workspace::next_stop() {
    if (lesson_.next(session_)) follow_lesson();
}

void Workspace::note_open_things() {
    open_things_.note(OpenThing::lesson, lesson_.shown());
    open_things_.note(OpenThing::demo, demo_.has_value());
    open_things_.note(OpenThing::filter, !timeline_.filter_text().empty());
    open_things_.note(OpenThing::work, navigator_.busy() || files_.busy() || exports_.busy());
    open_things_.note(OpenThing::range, timeline_.has_range());
    open_things_.note(OpenThing::text, text_bar_.is_open());
}

void Workspace::leave() {
    note_open_things();
    const auto top = open_things_.top();
    if (!top) return;
    switch (*top) {
        case OpenThing::text: return text_bar_.close();
        case OpenThing::range: return timeline_.end_range();
        case OpenThing::work: return stop_work();
        case OpenThing::filter: return timeline_.set_filter({});
        case OpenThing::demo: return leave_demo();
        case OpenThing::lesson: static_cast<void>(lesson_.leave(session_)); return;
    }
}

void Workspace::leave_demo() {
    to_show_.clear();
    demo_.reset();
}

void Workspace::stop_work() {
    if (navigator_.busy()) return navigator_.stop();
    if (exports_.stop()) return;
    if (const std::optional<std::string> stopped = files_.stop()) set_notice(*stopped);
}

// What is asked for is about the moment at which it is asked: meanwhile the program may play on.
void Workspace::ask_for_text(TextBar::Purpose purpose) {
    asked_at_ = session_.cursor();
    begins_search_ = purpose == TextBar::Purpose::search;
    text_bar_.open(purpose);
}

void Workspace::take_text(const TextBar::Response& response) {
    if (response.filter) timeline_.set_filter(*response.filter);
    if (response.mark) mark(*response.mark);
    if (response.save) save(*response.save);
    if (response.to_export) start_to_export(*response.to_export);
    if (response.search) search(*response.search);
}

void Workspace::search(const TextBar::Search& search) {
    if (search.text.empty()) return ask_for_text(TextBar::Purpose::search);
    if (std::exchange(begins_search_, false) && session_.cursor() != asked_at_) navigator_.go_to(asked_at_);
    navigator_.find(search.text, search.direction);
}

void Workspace::mark(const std::string& text) {
    const std::size_t before = session_.annotations().marks.size();
    if (asked_at_ >= session_.log().end_index())
        return set_notice("The moment that was to be marked is no longer part of this run");
    session_.mark(asked_at_, text);
    if (text.empty() && session_.annotations().marks.size() == before)
        set_notice("There is no mark here to remove");
}

}  // namespace loopscope::panels
