// SPDX-License-Identifier: MIT
#include "core/intake/runs.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace loopscope::intake {

using trace::Callback;
using trace::Kind;
using trace::Outcome;
using trace::Resume;
using trace::tagged;
using trace::Wait;

bool Runs::check_task(std::uint32_t number) {
    return (number != 0 && number <= tasks_.size()) || out_.refuse_number("task", number, tasks_.size());
}

void Runs::make_ready(std::uint32_t lane, const ReadyHandle& handle, std::uint32_t timer) {
    const std::uint64_t place = lanes_.lane(lane).ready.push(handle);
    if (handle.kind != ReadyHandle::Kind::step)
        handles_.add(handle.address, Handles::Waiting{lane, place, timer});
}

// The number of handles that the record says is not needed: those of the ready queue that it leaves out were
// cancelled, and passed over before the first one ran.
bool Runs::iteration(const Spool_record& record) {
    if (!lanes_.name_loop(record.subject)) return false;
    const std::uint32_t lane = lanes_.lane_to_run(record.subject);
    return lanes_.select(lane) && end_iteration(lane) && have_come_due(lane) && reorder(lane) &&
           begin_iteration(lane);
}

/// Puts the ready queue of a lane into the order that was chosen for the iteration that begins.
bool Runs::reorder(std::uint32_t number) {
    const std::vector<std::uint32_t> chosen = std::exchange(chosen_, {});
    if (chosen.empty()) return true;
    ReadyQueue& ready = lanes_.lane(number).ready;
    if (chosen.size() + 1 != ready.size())
        return out_.refuse(
            fmt::format("{} choices order a ready queue of {} handles", chosen.size(), ready.size()));
    const std::optional<std::vector<std::uint32_t>> order = order_of(chosen);
    if (!order) return out_.refuse("a choice orders a ready queue by a handle that it has not");
    handles_.reorder(number, ready, *order);
    ready.reorder(*order);
    out_.allow_any_order();
    return true;
}

bool Runs::begin_iteration(std::uint32_t number) {
    Lane& lane = lanes_.lane(number);
    lane.left = lane.ready.size();
    return out_.write(Kind::iteration, ++lane.iteration, lane.left);
}

/// Ends the iteration under way, if there is one: what was cancelled at its end is skipped, what is left
/// beside that was cut off. REQUIRES: the lane is selected.
bool Runs::end_iteration(std::uint32_t number) {
    Lane& lane = lanes_.lane(number);
    if (!skip_cancelled(number)) return false;
    if (lane.left > 0 && !out_.write(Kind::abandon, 0, lane.left)) return false;
    lane.left = 0;
    return true;
}

/// Skips the cancelled handles at the front of the iteration under way. REQUIRES: the lane is selected.
bool Runs::skip_cancelled(std::uint32_t number) {
    Lane& lane = lanes_.lane(number);
    while (lane.left > 0 && lane.ready.front().cancelled) {
        if (!out_.write(Kind::skip)) return false;
        --lane.left;
        lane.ready.pop();  // its address may be another handle's by now
    }
    return true;
}

/// Puts the timers that were said to be due into the ready queue of their loop, in their order. REQUIRES: the
/// lane is selected.
bool Runs::have_come_due(std::uint32_t number) {
    return std::ranges::all_of(std::exchange(due_, {}), [&](HandleAddress address) {
        const Handles::Known* const known = handles_.find(address);
        // One that is due already may be named again, when an iteration was cut short.
        if (!known || !known->timer || known->timer->lane != number) return true;
        return come_due(number, address, Timer(*known->timer));
    });
}

/// Puts a timer into the ready queue of a lane. REQUIRES: the lane is selected.
bool Runs::come_due(std::uint32_t lane, HandleAddress address, const Timer& timer) {
    if (timer.number <= lanes_.lane(timer.lane).dropped_timers) return true;
    if (!out_.write(Kind::timer_due, 0, timer.number)) return false;
    if (!timer.cancelled) --lanes_.lane(timer.lane).running_timers;
    make_ready(lane,
               {ReadyHandle::Kind::timer, timer.callback, timer.cancelled, timer.serves, timer.name, address},
               timer.number);
    return true;
}

/// Returns the place of a task's step in the ready queue; one behind its end, if it is not there.
std::uint64_t Runs::place_of_step(const Lane& lane, std::uint32_t task) const {
    const std::uint64_t end = lane.ready.first_place() + lane.ready.size();
    for (std::uint64_t place = lane.ready.first_place(); place < end; ++place) {
        const ReadyHandle& handle = *lane.ready.at(place);
        if (handle.kind == ReadyHandle::Kind::step && handle.number == task) return place;
        if (!any_order_) return end;
    }
    return end;
}

/// Has the handle at a place be the next one that runs in the iteration under way. Where handles may run in
/// any order it is brought to the front; a loop that takes one that the iteration does not have has begun
/// another one. Returns whether that can be. REQUIRES: the lane is selected.
bool Runs::come_first(std::uint32_t number, std::uint64_t place) {
    Lane& lane = lanes_.lane(number);
    if (lane.left > 0 && place == lane.ready.first_place()) return true;
    if (!any_order_ || !lane.ready.at(place)) return false;
    if (place >= lane.ready.first_place() + lane.left && (!end_iteration(number) || !begin_iteration(number)))
        return false;
    bring_forward(number, place);
    return true;
}

/// Brings a handle to the front of a ready queue; the others stay in their order.
void Runs::bring_forward(std::uint32_t number, std::uint64_t place) {
    ReadyQueue& ready = lanes_.lane(number).ready;
    std::vector<std::uint32_t> order(ready.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto handle = order.begin() + static_cast<std::ptrdiff_t>(place - ready.first_place());
    std::rotate(order.begin(), handle, handle + 1);
    handles_.reorder(number, ready, order);
    ready.reorder(order);
}

bool Runs::run(const Spool_record& record) {
    due_.clear();  // of a loop that tells no iterations, so that nobody knows where they stand
    return record.subject != 0 ? step(record) : call(record);
}

bool Runs::step(const Spool_record& record) {
    if (!check_task(record.subject)) return false;
    Task& task = known_task(record.subject);
    if (task.eager && !task.begun) return begin_step(record, task.lane);
    // Loops that are not asyncio's do not tell what becomes ready.
    if (any_order_ && task.phase == Phase::waiting && !wake(record)) return false;
    if (!lanes_.select(task.lane) || !skip_cancelled(task.lane)) return false;
    Lane& lane = lanes_.lane(task.lane);
    if (lane.left == 0 && (!begin_iteration(task.lane) || !skip_cancelled(task.lane))) return false;
    if (!come_first(task.lane, place_of_step(lane, record.subject)))
        return out_.refuse(
            fmt::format("task {} runs, and is not the first in its loop's ready queue", record.subject));
    lane.ready.pop();
    --lane.left;
    return begin_step(record, task.lane);
}

bool Runs::begin_step(const Spool_record& record, std::uint32_t lane) {
    Task& task = known_task(record.subject);
    const Resume resume = (record.b & SPOOL_HANDLE_THROWS) != 0 ? Resume::cancelled
                          : task.begun                          ? Resume::value
                                                                : Resume::first;
    if (!lanes_.select(lane) || !out_.write(Kind::step, record.subject, 0, tagged(resume))) return false;
    task.begun = true;
    task.phase = Phase::running;
    lanes_.begin({.kind = Activity::Kind::step, .task = record.subject, .lane = lane});
    return true;
}

bool Runs::call(const Spool_record& record) {
    Handles::Known* const known = handles_.find(address_in(record));
    if (!known || known->timer || !lanes_.lane(known->waiting.lane).ready.at(known->waiting.place))
        return call_out_of_turn(record, known);
    const std::uint32_t number = known->waiting.lane;
    const std::uint64_t place = known->waiting.place;
    Lane& lane = lanes_.lane(number);
    if (!lanes_.select(number) || !skip_cancelled(number)) return false;
    if (lane.left == 0 && (!begin_iteration(number) || !skip_cancelled(number))) return false;
    if (!come_first(number, place))
        return out_.refuse("a handle runs that is not the first in its loop's ready queue");
    return begin_call(number);
}

/// Runs a handle of which nobody said that it is ready: on the loop's lane if that has nothing else to do, or
/// else beside it.
bool Runs::call_out_of_turn(const Spool_record& record, Handles::Known* known) {
    const HandleAddress address = address_in(record);
    std::uint32_t number = known && known->timer ? known->timer->lane : lanes_.lane_of_loop();
    if (lanes_.lane(number).busy > 0 || !lanes_.lane(number).ready.empty()) number = lanes_.side_lane();
    if (!lanes_.select(number)) return false;
    if (known && known->timer) {
        const Timer timer = *known->timer;
        if (!come_due(number, address, timer)) return false;
    }
    if (lanes_.lane(number).ready.empty()) {
        if (!out_.write(Kind::ready, 0, 0, tagged(Callback::user))) return false;
        make_ready(number, {.kind = ReadyHandle::Kind::call, .address = address});
    }
    return begin_iteration(number) && begin_call(number);
}

/// Runs the first handle of the iteration under way. REQUIRES: it is a callback's, and the lane is selected.
bool Runs::begin_call(std::uint32_t number) {
    Lane& lane = lanes_.lane(number);
    const ReadyHandle handle = lane.ready.pop();
    --lane.left;
    handles_.remove(handle.address);
    if (!out_.write(Kind::callback, handle.number, handle.name.value, tagged(handle.callback))) return false;
    lanes_.begin({.kind = Activity::Kind::callback, .lane = number});
    return true;
}

bool Runs::ran(const Spool_record& record, StringId exception, std::uint32_t line) {
    const Activity* const running = lanes_.activity();
    if (!running || running->kind == Activity::Kind::job || running->task != record.subject)
        return out_.refuse("it ends what does not run");
    const Activity ended = *running;
    if (!lanes_.select(ended.lane)) return false;
    lanes_.end();
    const std::uint32_t how = record.b & 0xffU;
    const auto outcome = how == SPOOL_RAN_CANCELLED   ? Outcome::cancelled
                         : how == SPOOL_RAN_EXCEPTION ? Outcome::exception
                                                      : Outcome::result;
    if (ended.kind == Activity::Kind::callback)
        return out_.write(Kind::callback_end, 0, exception.value, tagged(outcome)) && note_failure(exception);
    switch (how) {
        case SPOOL_RAN_YIELDS:
            lanes_.lane(ended.lane).ready.push({.kind = ReadyHandle::Kind::step, .number = ended.task});
            known_task(ended.task).phase = Phase::ready;
            return out_.write(Kind::suspend, ended.task, 0, tagged(Wait::yield, line));
        case SPOOL_RAN_WAITS: return suspend(ended, line);
        case SPOOL_RAN_RESULT:
        case SPOOL_RAN_EXCEPTION:
        case SPOOL_RAN_CANCELLED: return finish(ended, outcome, exception);
        default: return out_.refuse(fmt::format("it ends in way {}, which means nothing", how));
    }
}

bool Runs::finish(const Activity& step, Outcome outcome, StringId exception) {
    known_task(step.task).phase = Phase::ended;
    return out_.write(Kind::finish, step.task, exception.value, tagged(outcome)) && note_failure(exception);
}

bool Runs::suspend(const Activity& step, std::uint32_t line) {
    if (!step.waits) return out_.refuse(fmt::format("task {} waits, and nobody said for what", step.task));
    Task& task = known_task(step.task);
    task.phase = Phase::waiting;
    task.wait = step.wait;
    task.wait_for = step.wait_for;
    return out_.write(Kind::suspend, step.task, step.wait_for, tagged(step.wait, line));
}

bool Runs::note_failure(StringId exception) {
    if (exception) last_failure_ = out_.last();
    return true;
}

bool Runs::ready(const Spool_record& record, StringId name) {
    const auto callback = static_cast<Callback>(record.b >> SPOOL_HANDLE_CALLBACK_AT);
    // What the others are called is known: it is what their kind says.
    const bool has_name =
        callback == Callback::user || callback == Callback::io || callback == Callback::signal;
    if (!has_name) name = {};
    const std::uint32_t lane = lanes_.lane_of_loop();
    if (!lanes_.select(lane) || !out_.write(Kind::ready, 0, name.value, tagged(callback))) return false;
    make_ready(
        lane,
        {.kind = ReadyHandle::Kind::call, .callback = callback, .name = name, .address = address_in(record)});
    const auto registered =
        callback == Callback::io ? descriptors_.find(address_in(record)) : descriptors_.end();
    return registered == descriptors_.end() || out_.write(Kind::copy, registered->second.value);
}

bool Runs::copy(StringId call, std::uint32_t line) {
    const std::optional<HandleAddress> registered = std::exchange(registered_, std::nullopt);
    if (!out_.write(registered ? Kind::descriptor : Kind::copy, 0, call.value, line << 8)) return false;
    if (registered) descriptors_[*registered] = out_.last();
    return true;
}

bool Runs::is_of_running_step(const Spool_record& record) const {
    const Activity* const running = lanes_.activity();
    return running && running->kind == Activity::Kind::step && running->task == record.subject;
}

bool Runs::wake(const Spool_record& record) {
    if (!check_task(record.subject)) return false;
    Task& task = known_task(record.subject);
    if (task.phase != Phase::waiting)
        return out_.refuse(fmt::format("task {} does not wait", record.subject));
    if (any_thread_) task.lane = static_cast<std::uint16_t>(lanes_.lane_here());
    if (!lanes_.select(task.lane) ||
        !out_.write(Kind::wake, record.subject, task.wait_for, tagged(task.wait)))
        return false;
    task.phase = Phase::ready;
    lanes_.lane(task.lane).ready.push({.kind = ReadyHandle::Kind::step, .number = record.subject});
    return true;
}

bool Runs::timer(const Spool_record& record, StringId name, const Spool_record& deadline) {
    const auto callback = static_cast<Callback>(record.b >> SPOOL_HANDLE_CALLBACK_AT);
    const bool is_users = callback == Callback::user;
    const std::uint32_t lane = lanes_.lane_of_loop();
    const std::uint32_t serves = is_users ? 0 : lanes_.running_task();
    const std::uint64_t said = std::uint64_t{deadline.b} << 32 | deadline.a;
    const auto bits = std::min(said, static_cast<std::uint64_t>(trace::deadline_limit));
    if (!lanes_.select(lane) || !out_.write(Kind::timer, serves, static_cast<std::uint32_t>(bits),
                                            tagged(callback, static_cast<std::uint32_t>(bits >> 32))))
        return false;
    ++timers_;
    ++lanes_.lane(lane).running_timers;
    if (!is_users) name = {};
    handles_.add(address_in(record), Timer{timers_, lane, serves, callback, false, name});
    return !name || out_.write(Kind::name, timers_, name.value, tagged(trace::Named::timer));
}

bool Runs::cancel_handle(const Spool_record& record) {
    Handles::Known* const known = handles_.find(address_in(record));
    if (!known) return true;  // it has run
    if (known->timer) {
        Timer& timer = *known->timer;
        Lane& lane = lanes_.lane(timer.lane);
        if (timer.cancelled || timer.number <= lane.dropped_timers) return true;
        timer.cancelled = true;
        --lane.running_timers;
        return lanes_.select(lanes_.lane_here()) && out_.write(Kind::timer_cancel, 0, timer.number);
    }
    ReadyHandle* const handle = lanes_.lane(known->waiting.lane).ready.at(known->waiting.place);
    if (!handle || handle->cancelled) return true;
    handle->cancelled = true;
    return known->waiting.timer == 0 ||
           (lanes_.select(lanes_.lane_here()) && out_.write(Kind::timer_cancel, 0, known->waiting.timer));
}

}  // namespace loopscope::intake
