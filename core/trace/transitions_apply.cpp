// SPDX-License-Identifier: MIT
// Checks whether an event may come next, and applies it.

#include <algorithm>

#include <fmt/format.h>

#include "core/trace/transitions.hpp"

namespace loopscope::trace {
namespace {

/// The number of waiting handles that may be passed over for each event, beside Room::steps: that takes no
/// longer than the event itself.
constexpr std::uint64_t steps_per_event = 50;

// The estimated bytes that State and Index need for each task or handle, beside its events.
constexpr std::uint64_t task_bytes = 500;
constexpr std::uint64_t handle_bytes = 100;

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a case for each kind, so that a new one is missed nowhere
bool Checker::apply(const Event& event) {
    if (awaited_ != Awaited::nothing && !may_come(event)) return false;
    switch (event.kind()) {
        case Kind::iteration: return iteration(event);
        case Kind::step: return step(event);
        case Kind::suspend:
        case Kind::finish: return end_step(event);
        case Kind::callback: return callback(event);
        case Kind::callback_end: turn_.in_callback = false; return fail_with(event);
        case Kind::skip: return skip(event);
        case Kind::spawn: return spawn(event);
        case Kind::name: return name(event);
        case Kind::ready: return ready(event);
        case Kind::wake: return wake(event);
        case Kind::timer: return start_timer(event);
        case Kind::timer_due: return timer_due(event);
        case Kind::timer_cancel: return timer_cancel(event);
        case Kind::cancel: return cancel(event);
        case Kind::variable: return variable();
        case Kind::set: last_set_ = size_; return remember(event.variable());
        case Kind::change: last_change_ = size_; return remember(event.variable());
        case Kind::changed: return changed(event);
        case Kind::factory: return factory(event);
        case Kind::found: return remember(event.variable());
        case Kind::get: return remember(a_read);
        case Kind::thread: return thread(event);
        case Kind::storage: return select();
        case Kind::end: over_ = true; return fail_with(event);
        case Kind::abandon: return abandon(event);
        case Kind::drop: return drop(event);
        case Kind::file: return file(event);
        case Kind::job: return job(event);
        case Kind::job_end: return job_end(event);
        case Kind::put: return put(event);
        case Kind::take: return take(event);
        case Kind::connection: return add(connections_, item_bytes, "connections");
        case Kind::line: awaited_ = Awaited::variable; return true;
        case Kind::message: failed_ = 0; return true;
        case Kind::reset: return follows_set(event, size_ - 1);
        case Kind::restore: return follows_set(event, last_set_);
        case Kind::track: return track();
        case Kind::slice:
        case Kind::instant:
        case Kind::argument: return describe(event);
        case Kind::slice_end: return slice_end(event);
        case Kind::flow: return flow(event);
        case Kind::flow_argument: return describe_flow(event);
        case Kind::counter: return add(counters_, track_bytes, "counters");
        case Kind::count: return count(event);
        case Kind::begin:
        case Kind::clock:
        case Kind::print:
        case Kind::print_value:
        case Kind::stop:
        case Kind::task_done:
        case Kind::serve:
        case Kind::identity:
        case Kind::cause:
        case Kind::flow_name:
        case Kind::copy:
        case Kind::descriptor: break;
    }
    return true;
}

/// Returns whether an event may come between an event that announces another one and that other one.
bool Checker::may_come(const Event& event) {
    const Kind kind = event.kind();
    if (awaited_ == Awaited::eager_step) {
        // A name may come first, and what the user or the clock does.
        return kind == Kind::step || kind == Kind::name || kind == Kind::storage || kind == Kind::clock ||
               is_ignorable(kind) || refuse(fmt::format("task {} was to be stepped at once", eager_));
    }
    if (kind == Kind::storage || kind == Kind::clock || is_ignorable(kind)) return true;
    awaited_ = Awaited::nothing;
    return (names_variable(kind) && event.tag() == 0) ||
           refuse("a line was said before it, and it says its own");
}

/// Remembers that an event named an exception, for the `message` that may follow.
bool Checker::fail_with(const Event& event) {
    if (event.a != 0) failed_ = size_;
    return true;
}

bool Checker::ready(const Event& event) {
    return make_ready({Handle::Kind::call, event.tag<Callback>(), event.subject, event.a});
}

bool Checker::make_ready(const Handle& handle) {
    if (++ready_ > max_ready_) {
        max_ready_ = ready_;
        if (!hold(handle_bytes, "handles that are ready at once")) return false;
    }
    loop().ready.push_back(handle);
    return true;
}

/// Counts memory that a State or an Index of the trace will need, in bytes.
bool Checker::hold(std::uint64_t bytes, std::string_view what) {
    held_ += bytes;
    return held_ <= room_.bytes || refuse(fmt::format("there are more {} than can be shown", what));
}

/// Counts the waiting handles, or the layers of dicts, that a search looks through, as all that fold the
/// trace will.
bool Checker::step_over(std::size_t handles, std::string_view what) {
    passed_ += handles;
    return passed_ <= room_.steps + size_ * steps_per_event ||
           refuse(fmt::format("{} that takes too long to follow", what));
}

bool Checker::iteration(const Event& event) {
    if (turn_.left != 0)
        return refuse(fmt::format("{} handles of the iteration before have not run", turn_.left));
    if (event.a != loop().ready.size())
        return refuse(
            fmt::format("its snapshot is of {} handles, but {} are ready", event.a, loop().ready.size()));
    loop().iteration = event.subject;
    turn_.left = event.a;
    turn_.last_ended = 0;
    return true;
}

bool Checker::thread(const Event& event) {
    if (event.subject > max_threads) return refuse("there are more threads than can be shown");
    std::swap(loop().turn, turn_);
    thread_ = event.subject - 1;
    if (thread_ == loops_.size()) loops_.emplace_back();
    std::swap(loop().turn, turn_);
    return true;
}

bool Checker::take_ready(const Event& event, Handle& taken) {
    if (turn_.left == 0) return refuse("the iteration has no handle left");
    auto& ready = loop().ready;
    Handle* position = ready.begin();
    if (any_order_) {
        Handle* const end = ready.begin() + turn_.left;
        position = std::find_if(ready.begin(), end, [&](const Handle& each) { return fits(each, event); });
        // Of a skipped callback all that is known is that it was no step. A cancelled timer has to be
        // skipped.
        if (event.kind() == Kind::skip) {
            const auto cancelled = std::find_if(ready.begin(), end, [&](const Handle& each) {
                return each.kind == Handle::Kind::timer && fits(each, event);
            });
            if (cancelled != end) position = cancelled;
        }
        if (position == end) return refuse("none of the ready handles is this one");
        if (position != ready.begin() && !step_over(ready.size())) return false;
    }
    taken = ready.take(position);
    --ready_;
    --turn_.left;
    turn_.last_ended = 0;
    return true;
}

/// Returns whether an event may begin the turn of a ready handle.
bool Checker::fits(const Handle& handle, const Event& event) const {
    if (event.kind() == Kind::step)
        return handle.kind == Handle::Kind::step && handle.number == event.subject;
    if (handle.kind == Handle::Kind::step) return false;
    if (handle.kind == Handle::Kind::timer) {
        const Timer& timer = *timers_.find(handle.number);
        if (event.kind() == Kind::skip) return timer.cancelled;
        return !timer.cancelled && timer.callback == event.tag<Callback>() && timer.task == event.subject;
    }
    if (event.kind() == Kind::skip) return true;
    return handle.callback == event.tag<Callback>() && handle.number == event.subject &&
           handle.name == event.a;
}

bool Checker::step(const Event& event) {
    if (eager_ != 0) return eager_step(event);
    if (position() == Position::step || position() == Position::callback)
        return refuse("nothing was spawned to be stepped at once");
    Handle taken;
    if (!take_ready(event, taken)) return false;
    if (taken.kind != Handle::Kind::step || taken.number != event.subject)
        return refuse("the first ready handle is another one");
    Task& stepped = task(event.subject);
    const Resume resume = event.tag<Resume>();
    if (stepped.begun == (resume == Resume::first) && resume != Resume::cancelled)
        return refuse(stepped.begun ? "its body has begun before" : "its body has not begun");
    stepped.begun = true;
    stepped.phase = Phase::running;
    turn_.steps.push_back(event.subject);
    return true;
}

bool Checker::eager_step(const Event& event) {
    if (event.subject != eager_) return refuse(fmt::format("task {} was to be stepped at once", eager_));
    if (event.tag<Resume>() != Resume::first) return refuse("its body has not begun");
    Task& stepped = task(event.subject);
    stepped.begun = true;
    stepped.phase = Phase::running;
    turn_.steps.push_back(event.subject);
    eager_ = 0;
    awaited_ = Awaited::nothing;
    return true;
}

bool Checker::callback(const Event& event) {
    Handle taken;
    if (!take_ready(event, taken)) return false;
    if (taken.kind == Handle::Kind::timer) {
        Timer& timer = *timers_.find(taken.number);
        timer.state = Timer::State::taken;
        if (timer.cancelled) return refuse("its timer was cancelled");
        taken.callback = timer.callback;
        taken.number = timer.task;
        taken.name = event.a;  // in a `name` event
        forget_timers();
    } else if (taken.kind != Handle::Kind::call) {
        return refuse("the first ready handle is a task's");
    }
    if (taken.callback != event.tag<Callback>() || taken.number != event.subject || taken.name != event.a)
        return refuse("the first ready handle is another one");
    turn_.in_callback = true;
    return true;
}

bool Checker::skip(const Event& event) {
    Handle taken;
    if (!take_ready(event, taken)) return false;
    if (taken.kind == Handle::Kind::step)
        return refuse("the first ready handle is a task's, which is never skipped");
    if (taken.kind == Handle::Kind::timer) {
        timers_.find(taken.number)->state = Timer::State::taken;
        forget_timers();
    }
    return true;
}

bool Checker::end_step(const Event& event) {
    Task& ended = task(event.subject);
    turn_.steps.pop_back();
    turn_.last_ended = event.subject;
    if (event.kind() == Kind::finish) {
        ended.phase = Phase::ended;
        return fail_with(event);
    }
    ended.phase = Phase::waiting;
    ended.wait = event.tag<Wait>();
    ended.wait_for = event.a;
    if (ended.wait == Wait::yield) {
        ended.phase = Phase::ready;
        return make_ready({Handle::Kind::step, {}, event.subject, 0});
    }
    return true;
}

bool Checker::spawn(const Event& event) {
    if (tasks_.size() >= max_tasks || (tasks_.size() + 2) * std::uint64_t{variables_} > max_cells)
        return refuse("there are more tasks than can be shown");
    if (!hold(task_bytes + variables_ * cell_bytes, "tasks")) return false;
    Task made;
    if (running() != 0 && !inherit_dict(made, task(running()))) return false;
    tasks_.push_back(made);
    if (event.tag<Start>() == Start::soon) return make_ready({Handle::Kind::step, {}, event.subject, 0});
    eager_ = event.subject;
    awaited_ = Awaited::eager_step;
    return true;
}

bool Checker::wake(const Event& event) {
    Task& woken = task(event.subject);
    if (woken.phase != Phase::waiting) return refuse(fmt::format("task {} does not wait", event.subject));
    if (woken.wait != event.tag<Wait>() || woken.wait_for != event.a)
        return refuse(fmt::format("task {} waits for something else", event.subject));
    woken.phase = Phase::ready;
    return make_ready({Handle::Kind::step, {}, event.subject, 0});
}

bool Checker::cancel(const Event& event) {
    const bool ended = task(event.subject).phase == Phase::ended;
    if (ended == (event.tag<Cancel>() == Cancel::done)) return true;
    return refuse(fmt::format("task {} has {}ended", event.subject, ended ? "" : "not "));
}

}  // namespace loopscope::trace
