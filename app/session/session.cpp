#include "app/session/session.hpp"

#include <algorithm>
#include <utility>

#include "app/session/native_engine.hpp"

namespace loopscope::session {
namespace {

constexpr std::size_t longest_history = 1000;

}  // namespace

Session::Session(const Setup& setup) {
    adopt(std::make_unique<NativeEngine>(setup));
}

Session::Session(std::unique_ptr<Engine> engine) {
    adopt(std::move(engine));
    go_to_start();
}

void Session::adopt(std::shared_ptr<Engine> engine) {
    engine_ = std::move(engine);
    index_ = {};
    causality_ = {};
    keyframes_ = {};
    index_.update(log());
    (void)keyframes_.seek(log(), log().size());  // all of them now, so that not even the first seek waits
    cursor_ = std::clamp(cursor_, first_event(), head());
}

void Session::move(std::uint32_t event) {
    cursor_ = std::clamp(event, first_event(), head());
}

void Session::seek(std::uint32_t event) {
    move(event);
}

bool Session::advance() {
    if (over()) return false;
    engine_->advance();
    index_.update(log());
    return true;
}

bool Session::extend(std::uint32_t handles) {
    for (std::uint32_t count = 0; count < handles && !over(); ++count) engine_->advance();
    index_.update(log());
    return !over();
}

void Session::run(std::optional<Time> until) {
    while (run_some(until, UINT32_MAX)) continue;
}

bool Session::run_some(std::optional<Time> until, std::uint32_t handles) {
    const auto goes_on = [&] { return !over() && (!until || engine_->time() <= *until); };
    for (; handles > 0 && goes_on(); --handles) engine_->advance();
    index_.update(log());
    go_to_head();
    return goes_on();
}

std::size_t Session::current_handle() const {
    return static_cast<std::size_t>(index_.handle_at(cursor_) + 1);  // one more than its place; 0: none yet
}

std::uint32_t Session::after_switches(std::uint32_t event) const {
    while (event < head() && log()[event + 1].kind() == trace::Kind::storage) ++event;
    return event;
}

std::uint32_t Session::stop_after(std::size_t handle) const {
    return after_switches(index_.last_event(handle));
}

bool Session::step_handle(Direction direction) {
    const std::size_t current = current_handle();
    if (direction == Direction::back) return step_handle_back(current);
    // The rest of the handle that the cursor is inside of counts as a step.
    if (current > 0 && cursor_ < stop_after(current - 1)) {
        move(stop_after(current - 1));
        return true;
    }
    while (current >= index_.handles().size()) {
        if (!advance()) {
            const bool moved = !at_head();
            go_to_head();
            return moved;
        }
    }
    move(stop_after(current));
    return true;
}

// To the nearest place before the cursor where stepping forward stops.
bool Session::step_handle_back(std::size_t current) {
    const std::uint32_t before = cursor_;
    for (std::size_t handle = current; handle > 0; --handle) {
        if (stop_after(handle - 1) >= before) continue;
        move(stop_after(handle - 1));
        return true;
    }
    const std::uint32_t start = after_switches(first_event());
    move(start < before ? start : first_event());
    return cursor_ != before;
}

std::uint32_t Session::end_of_iteration(std::size_t number) const {
    return stop_after(static_cast<std::size_t>(index_.handle_at(index_.iterations()[number])));
}

bool Session::step_iteration(Direction direction) {
    const auto& iterations = index_.iterations();
    const std::uint32_t before = cursor_;
    // The iteration under way ends where iteration event `place` is, once there is one.
    auto place = static_cast<std::size_t>(std::ranges::upper_bound(iterations, cursor_) - iterations.begin());
    if (direction == Direction::back) {
        while (place > 1 && end_of_iteration(place - 1) >= cursor_) --place;
        move(place > 1 ? end_of_iteration(place - 1) : first_event());
        return cursor_ != before;
    }
    for (place = std::max<std::size_t>(place, 1);; ++place) {
        while (iterations.size() <= place && advance()) {
        }
        if (iterations.size() <= place) break;
        if (end_of_iteration(place) <= cursor_) continue;
        move(end_of_iteration(place));
        return true;
    }
    go_to_head();
    return cursor_ != before;
}

bool Session::step_print(Direction direction) {
    const auto& prints = index_.prints();
    const std::size_t place = index_.prints_until(cursor_);
    if (direction == Direction::back) {
        const bool on_print = place > 0 && prints[place - 1].event == cursor_;
        const std::size_t target = place - (on_print ? 1 : 0);
        if (target == 0) return false;
        move(prints[target - 1].event);
        return true;
    }
    while (prints.size() <= place && advance()) {
    }
    if (prints.size() <= place) return go_to_head(), false;
    move(prints[place].event);
    return true;
}

bool Session::step_leak(Direction direction) {
    const std::uint32_t before = cursor_;
    while (step_print(direction)) {
        const std::size_t place = index_.prints_until(cursor_);
        if (index_.prints()[place - 1].leak) return true;
    }
    if (direction == Direction::back) move(before);
    return false;
}

bool Session::step_task(TaskId task, Direction direction) {
    if (!task || task.value > index_.tasks().size()) return false;
    const auto& handles = index_.handles();
    const auto& steps = index_.task(task).steps;
    const auto first_of = [&](const trace::StepInfo& step) { return handles[step.handle].first; };
    if (direction == Direction::back) {
        const std::size_t current = current_handle();
        const auto after =
            std::ranges::lower_bound(steps, current == 0 ? 0 : handles[current - 1].first, {}, first_of);
        if (after == steps.begin()) return false;
        move(index_.last_event(std::prev(after)->handle));
        return true;
    }
    for (;;) {
        const auto& known = index_.task(task).steps;
        const auto next = std::ranges::upper_bound(known, cursor_, {}, first_of);
        if (next != known.end()) {
            move(index_.last_event(next->handle));
            return true;
        }
        if (!advance()) return false;
    }
}

Result<void> Session::can_select() const {
    if (held_) return fail("what comes next is what you are asked: answer first, then select a storage");
    return engine_->can_select();
}

void Session::select(trace::Storage storage) {
    if (storage == this->storage() || !can_select()) return;
    remember();
    if (at_head() && !over()) {
        engine_->select(storage);
        index_.update(log());
        go_to_head();
        return;
    }
    // At the end of a program that is over there is nothing left to read; so that the choice shows, it runs
    // again from the start.
    const std::uint32_t after = at_head() ? first_event() : cursor_;
    std::vector<Switch> switches;
    for (const Switch& change : engine_->switches()) {
        if (change.after < after) switches.push_back(change);
    }
    if (index_.storage_at(after) ==
        storage) {  // at the end only: the program began with what is selected now
        adopt(engine_->again(switches, after + 1));
        move(after);
        return;
    }
    switches.push_back({after, storage});
    adopt(engine_->again(switches, after + 2));
    move(after + 1);
}

void Session::restart(const Setup& setup) {
    remember();
    adopt(std::make_unique<NativeEngine>(setup));
    go_to_start();
}

void Session::open(std::unique_ptr<Engine> engine) {
    remember();
    adopt(std::move(engine));
    go_to_start();
}

void Session::retry(const Setup& setup, const std::vector<Switch>& switches) {
    const std::uint32_t event = cursor_;
    const bool at_start = event == first_event();
    const std::size_t prints = index_.prints_until(event);
    adopt(std::make_unique<NativeEngine>(setup, switches, at_start ? 0 : event + 1));
    if (at_start) return go_to_start();
    if (event <= head()) return move(event);
    const std::size_t count = std::min(prints, index_.prints().size());
    move(count == 0 ? head() : index_.prints()[count - 1].event);
}

Session::Moment Session::here() const {
    if (!setup()) return {engine_, {}, {}, log().size(), cursor_};
    return {{}, *setup(), engine_->switches(), log().size(), cursor_};
}

void Session::remember() {
    ++remembered_;
    past_.push_back(here());
    if (past_.size() > longest_history) past_.erase(past_.begin());
    undone_.clear();
}

bool Session::undo() {
    if (held_ || past_.empty()) return false;
    undone_.push_back(here());
    restore(past_.back());
    past_.pop_back();
    return true;
}

bool Session::redo() {
    if (held_ || undone_.empty()) return false;
    past_.push_back(here());
    restore(undone_.back());
    undone_.pop_back();
    return true;
}

bool Session::runs(const Moment& moment) const {
    if (moment.recording) return moment.recording == engine_;
    return setup() && moment.switches == engine_->switches() && moment.setup->program == setup()->program &&
           moment.setup->storage == setup()->storage &&
           moment.setup->arguments.settings() == setup()->arguments.settings();
}

void Session::restore(const Moment& moment) {
    if (!runs(moment)) {
        if (moment.recording)
            adopt(moment.recording);
        else
            adopt(std::make_unique<NativeEngine>(*moment.setup, moment.switches, moment.length));
    }
    move(moment.cursor);
}

}  // namespace loopscope::session
