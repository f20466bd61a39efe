// SPDX-License-Identifier: MIT
// Tasks, jobs, and how loops and programs end.

#include <fmt/format.h>

#include "core/intake/runs.hpp"

namespace loopscope::intake {

using trace::Cancel;
using trace::Kind;
using trace::Outcome;
using trace::Start;
using trace::tagged;
using trace::Wait;

bool Runs::task(const Spool_record& record, StringId coroutine, std::uint32_t line) {
    if (record.subject != tasks_.size() + 1)
        return out_.refuse(fmt::format("task {} should be number {}", record.subject, tasks_.size() + 1));
    const bool eager = (record.b & 0xffU) == static_cast<std::uint32_t>(Start::eager);
    // Its first step is a part of the handle that makes it.
    const std::uint32_t lane = eager ? lanes_.lane_here() : lanes_.lane_of_loop();
    const Start start = eager ? Start::eager : Start::soon;
    if (!lanes_.select(lane) ||
        !out_.write(Kind::spawn, record.subject, coroutine.value, tagged(start, line)))
        return false;
    tasks_.push_back({.eager = eager, .lane = static_cast<std::uint16_t>(lane)});
    if (!eager) make_ready(lane, {.kind = ReadyHandle::Kind::step, .number = record.subject});
    return true;
}

bool Runs::name_task(const Spool_record& record, StringId name) {
    return check_task(record.subject) &&
           out_.write(Kind::name, record.subject, name.value, tagged(trace::Named::task));
}

bool Runs::name_object(const Spool_record& record, StringId name) {
    return out_.write(Kind::name, record.subject, name.value, tagged(trace::Named::object));
}

bool Runs::wait(const Spool_record& record) {
    Activity* const running = lanes_.activity();
    if (!running || running->kind != Activity::Kind::step) return out_.refuse("no task runs that could wait");
    running->waits = true;
    running->wait = static_cast<Wait>(record.a & 0xffU);
    running->wait_for = record.subject;
    if (trace::waits_for(running->wait) != trace::WaitsFor::timer) return true;
    const HandleAddress address = std::uint64_t{record.b & 0xffffU} << 32 | record.subject;
    const Handles::Known* const known = handles_.find(address);
    if (!known) return out_.refuse("it waits for a timer that there is not");
    running->wait_for = known->timer ? known->timer->number : known->waiting.timer;
    return true;
}

bool Runs::cancel_task(const Spool_record& record, std::uint32_t line) {
    if (!check_task(record.subject)) return false;
    const bool ended = known_task(record.subject).phase == Phase::ended;
    auto cancel = static_cast<Cancel>(record.b & 0xffU);
    if (ended) cancel = Cancel::done;
    // Its step has not ended yet, but its result is there: nothing that the trace has not got says so.
    if (!ended && cancel == Cancel::done) return true;
    return lanes_.select(lanes_.lane_here()) &&
           out_.write(Kind::cancel, record.subject, 0, tagged(cancel, line));
}

bool Runs::stop() {
    return lanes_.select(lanes_.lane_of_loop()) && out_.write(Kind::stop);
}

bool Runs::job(const Spool_record& record, StringId name) {
    if (record.subject != 0 && !check_task(record.subject)) return false;
    const std::uint32_t lane = lanes_.lane_here();
    // An executor that runs a job at once, within a handle, adds nothing to that.
    const bool is_within = lanes_.lane(lane).busy > 0;
    const std::uint32_t task = is_within ? lanes_.running_task() : record.subject;
    lanes_.begin({.kind = Activity::Kind::job, .task = task, .lane = lane});
    if (is_within) return true;
    return lanes_.select(lane) && end_iteration(lane) && out_.write(Kind::job, record.subject, name.value);
}

bool Runs::job_end(const Spool_record& record, StringId exception) {
    if (!lanes_.activity() || lanes_.activity()->kind != Activity::Kind::job)
        return out_.refuse("it ends a job, and none runs");
    const Activity ended = lanes_.end();
    if (lanes_.lane(ended.lane).busy > 0) return true;
    const auto outcome = static_cast<Outcome>(record.b & 0xffU);
    return lanes_.select(ended.lane) && end_iteration(ended.lane) &&
           out_.write(Kind::job_end, 0, exception.value, tagged(outcome)) && note_failure(exception);
}

bool Runs::close_loop() {
    const std::uint32_t number = lanes_.lane_of_loop();
    Lane& lane = lanes_.lane(number);
    // One that is closed while it runs, against all rules, says no more.
    if (lane.loop == 0 || lane.busy > 0) return true;
    if (!lanes_.select(number) || !end_iteration(number)) return false;
    if (!lane.ready.empty() || lane.running_timers > 0) {
        if (!out_.write(Kind::drop, 0, lane.ready.size(), lane.running_timers)) return false;
        lane.ready.clear();
        lane.running_timers = 0;
        lane.dropped_timers = timers_;
    }
    lanes_.close(number);
    return true;
}

bool Runs::end(std::uint32_t code, StringId exception, trace::Ending ending) {
    const std::uint32_t lane = lanes_.lane_here();
    if (lanes_.lane(lane).busy > 0) return true;
    return lanes_.select(lane) && end_iteration(lane) &&
           out_.write(Kind::end, code, exception.value, tagged(ending)) && note_failure(exception);
}

}  // namespace loopscope::intake
