#include "core/exchange/lane_serializer.hpp"

namespace loopscope::exchange {
namespace {

/// The length of the log, in events, beyond which known ends of slices are no longer written, so that a saved
/// file can be read again.
constexpr std::uint32_t maximum = trace::max_stored_events - 1000;

}  // namespace

using trace::Kind;
using trace::Resume;
using trace::tagged;
using trace::Wait;

void LaneSerializer::add(const LaneEvent& event) {
    end_until(event.time);
    at(event.time);
    State& state = states_[event.lane];
    switch (event.kind) {
        case LaneEvent::Kind::end:
            if (state.open == 0)
                ++unmatched_;
            else
                end_slice(event.lane);
            return;
        case LaneEvent::Kind::slice:
            ends_.push({event.end, event.lane});
            open(event.lane, event.name);
            return;
        case LaneEvent::Kind::begin: open(event.lane, event.name); return;
        case LaneEvent::Kind::instant:
            run(event.lane);
            log_.emit(Kind::print, state.task, event.name);
            settle();
            return;
    }
}

void LaneSerializer::finish() {
    end_until(INT64_MAX);
    if (running_ != nobody) pause();
}

std::uint64_t LaneSerializer::unfinished() const {
    std::uint64_t open = 0;
    for (const State& state : states_) open += state.open;
    return open;
}

void LaneSerializer::end_until(std::int64_t time) {
    while (!ends_.empty() && ends_.top().time <= time && log_.size() < maximum) {
        const KnownEnd next = ends_.top();
        ends_.pop();
        at(next.time);
        if (states_[next.lane].open > 0) end_slice(next.lane);
    }
}

void LaneSerializer::end_slice(std::uint32_t lane) {
    run(lane);
    --states_[lane].open;
    settle();
}

void LaneSerializer::open(std::uint32_t lane, std::uint32_t name) {
    run(lane);
    ++states_[lane].open;
    log_.emit(Kind::print, states_[lane].task, name);
}

/// Makes a lane the running one, and suspends the lane that ran before.
void LaneSerializer::run(std::uint32_t lane) {
    if (lane == running_) return;
    if (running_ != nobody) {
        if (states_[running_].open > 0) waiting_.push_back(running_);
        pause();
    }
    State& state = states_[lane];
    const bool first = state.task == 0;
    if (first) {
        state.task = ++tasks_;
        log_.emit(Kind::spawn, state.task, lanes_.label(lanes_.all()[lane]).value,
                  tagged(trace::Start::soon));
    } else {
        log_.emit(Kind::wake, state.task, state.task, tagged(Wait::future));
    }
    log_.emit(Kind::iteration, ++iterations_, 1);
    log_.emit(Kind::step, state.task, 0, tagged(first ? Resume::first : Resume::value));
    running_ = lane;
}

void LaneSerializer::pause() {
    const std::uint32_t task = states_[running_].task;
    log_.emit(Kind::suspend, task, task, tagged(Wait::future));
    running_ = nobody;
}

/// Suspends the running lane if it has no open slice, and resumes the lane that ran last before it and has
/// one.
void LaneSerializer::settle() {
    if (running_ == nobody || states_[running_].open > 0) return;
    const std::uint32_t over = running_;
    pause();
    while (!waiting_.empty()) {
        const std::uint32_t next = waiting_.back();
        waiting_.pop_back();
        if (next == over || states_[next].open == 0) continue;
        run(next);
        return;
    }
}

}  // namespace loopscope::exchange
