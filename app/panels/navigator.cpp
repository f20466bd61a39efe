// SPDX-License-Identifier: MIT
#include "app/panels/navigator.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "app/panels/frame_budget.hpp"

namespace loopscope::panels {
namespace {

using session::Direction;
using What = session::Pursuit::What;

}  // namespace

TaskId Navigator::task_to_step() const {
    const TaskId clicked = timeline_.selected();
    return !clicked && session_.state().handle() ? session_.state().handle()->task : clicked;
}

std::optional<session::Pursuit::Goal> Navigator::goal_of(Action action, const Differs& differs) const {
    using Goal = session::Pursuit::Goal;
    switch (action) {
        case Action::handle_forward: return Goal{What::handle};
        case Action::iteration_forward: return Goal{What::iteration};
        case Action::task_forward: return Goal{What::task, task_to_step()};
        case Action::print_forward: return Goal{What::print};
        case Action::leak_forward: return Goal{What::leak};
        case Action::stale_forward: return Goal{What::stale};
        case Action::difference_forward: return Goal{What::difference, {}, differs};
        case Action::handle_back: return Goal{What::handle, {}, {}, Direction::back};
        case Action::iteration_back: return Goal{What::iteration, {}, {}, Direction::back};
        case Action::task_back: return Goal{What::task, task_to_step(), {}, Direction::back};
        case Action::print_back: return Goal{What::print, {}, {}, Direction::back};
        case Action::leak_back: return Goal{What::leak, {}, {}, Direction::back};
        case Action::stale_back: return Goal{What::stale, {}, {}, Direction::back};
        case Action::difference_back: return Goal{What::difference, {}, differs, Direction::back};
        default: return std::nullopt;
    }
}

void Navigator::step(Action action, const Differs& differs) {
    halt();
    timeline_.follow();
    if (action == Action::start || action == Action::head) {
        session_.remember();
        return action == Action::start ? session_.go_to_start() : session_.go_to_head();
    }
    if (auto goal = goal_of(action, differs)) pursue(std::move(*goal), action);
}

void Navigator::play() {
    if (player_.playing()) return player_.pause();
    timeline_.follow();
    if (session_.at_end()) {
        session_.remember();
        session_.go_to_start();
    }
    player_.start();
}

void Navigator::take_back(bool again) {
    halt();
    note();
    const auto does = [&](UndoOrder::What what) {
        using Outcome = UndoOrder::Outcome;
        if (what == UndoOrder::What::view) {
            const bool moved = again ? timeline_.view_forward() : timeline_.view_back();
            return moved ? Outcome::done : Outcome::nothing;
        }
        asked_ = again ? Action::redo : Action::undo;
        if (!(again ? session_.redo(frame_slice) : session_.undo(frame_slice))) return Outcome::nothing;
        if (session_.catching_up()) return Outcome::begun;
        arrive();
        return Outcome::done;
    };
    if (!(again ? order_.redo(does) : order_.undo(does))) miss_ = Miss{again ? Action::redo : Action::undo};
}

void Navigator::jump(std::optional<EventIndex> event, View view) {
    if (!event) return;
    halt();
    session_.remember();
    session_.seek(*event);
    if (view == View::follows) timeline_.follow();
}

void Navigator::go_round(Action action) {
    const auto count = [&](EventIndex event) {
        return action == Action::leak_forward ? session_.index().leaks_until(event)
                                              : session_.index().stales_until(event);
    };
    const bool is_last = session_.over() && count(session_.cursor()) == count(session_.head());
    if (!is_last || count(session_.head()) == 0) return step(action, {});
    halt();
    session_.remember();
    session_.go_to_start();
    timeline_.follow();
    pursue(*goal_of(action, {}), action);
}

void Navigator::jump_to_print(std::optional<PrintIndex> print) {
    if (!print) return;
    halt();
    session_.remember();
    timeline_.follow();
    pursue({.what = What::number, .number = *print}, Action::print_forward);
}

void Navigator::find(std::string text, session::Direction direction) {
    halt();
    search_.emplace(session_, std::move(text), direction);
    go_on();
}

void Navigator::end_search() {
    const session::Search search = *std::exchange(search_, {});
    const EventIndex from = session_.cursor();
    jump(search.found());
    if (!search.found() || std::max(*search.found(), session_.first_event()) == from)
        miss_ = Miss{Action::search, {}, false, search.text(), search.found().has_value()};
}

void Navigator::select(trace::Storage storage, VariableId variable) {
    stop();
    // At the end, nothing would read the new storage any more; so the program plays on after the fork, and
    // the user sees what the storage changes.
    plays_on_ = session_.at_end();
    session_.select(storage, frame_slice, variable);
    arrive();
}

void Navigator::retry(const feed::Setup& setup, bool begins) {
    pursuit_.reset();
    search_.reset();
    asked_.reset();
    plays_on_ = false;
    session_.retry(setup, {}, frame_slice, begins);
}

void Navigator::halt() {
    player_.pause();
    stop();
}

void Navigator::stop() {
    pursuit_.reset();
    search_.reset();
    session_.cancel();
    asked_.reset();
    plays_on_ = false;
}

std::string Navigator::progress() const {
    if (session_.catching_up())
        return fmt::format("Running again up to this event: {:.0f} %.  Esc stops", 100 * session_.progress());
    if (search_)
        return fmt::format("Searching for '{}': {:.0f} %.  Esc stops", search_->text(),
                           100 * search_->progress());
    const Action asked = pursuit_ ? *asked_ : Action::play;
    const char* const waits_for_more = waits() ? ", and it waits for more" : "";
    return fmt::format("{}: {} events so far{}.  {}", command_of(asked).name, session_.log().size(),
                       waits_for_more, pursuit_ ? "Esc stops" : "Space pauses");
}

void Navigator::tick(double passed) {
    go_on();
    if (!busy()) player_.tick(session_, passed);
    if (!busy() && !player_.playing()) session_.rest();
}

void Navigator::pursue(session::Pursuit::Goal goal, Action action) {
    pursuit_.emplace(session_, std::move(goal));
    asked_ = action;
    go_on();
}

void Navigator::go_on() {
    if (pursuit_ && is_over(pursuit_->poll(session_, frame_slice))) {
        if (!pursuit_->found()) miss_ = Miss{*asked_, task_to_step()};
        pursuit_.reset();
    }
    if (search_ && is_over(search_->poll(session_, frame_slice))) end_search();
    if (!session_.catching_up() || !is_over(session_.catch_up(frame_slice))) return;
    if (asked_ == Action::undo) order_.undone();
    if (asked_ == Action::redo) order_.redone();
    arrive();
}

void Navigator::arrive() {
    if (session_.catching_up()) return;
    timeline_.follow();
    if (std::exchange(plays_on_, false) && !session_.at_end()) player_.start();
}

}  // namespace loopscope::panels
