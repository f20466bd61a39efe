// SPDX-License-Identifier: MIT
// Checks and applies the events about timers.

#include <fmt/format.h>

#include "core/trace/transitions.hpp"

namespace loopscope::trace {
namespace {

/// The estimated bytes that State and Index need for a running timer, beside its events.
constexpr std::uint64_t timer_bytes = 160;

}  // namespace

bool Checker::start_timer(const Event& event) {
    if (++running_timers_ > max_running_timers_) {
        max_running_timers_ = running_timers_;
        if (!hold(timer_bytes, "timers that run at once")) return false;
    }
    Timer timer;
    timer.task = event.subject;
    timer.callback = event.tag<Callback>();
    timer.thread = static_cast<std::uint16_t>(thread_);
    timers_.push_back(timer);
    ++loop().running_timers;
    return true;
}

bool Checker::name(const Event& event) {
    if (event.tag<Named>() != Named::timer) return true;
    Timer& timer = timers_.back();
    if (timer.state != Timer::State::running || timer.cancelled || timer.named)
        return refuse("its timer is over, or has a name");
    timer.named = true;
    return true;
}

bool Checker::timer_due(const Event& event) {
    Timer* const found = timers_.find(event.a);
    if (!found) return refuse(fmt::format("timer {} is over", event.a));
    Timer& timer = *found;
    if (timer.state != Timer::State::running) return refuse(fmt::format("timer {} was due before", event.a));
    if (is_gone(timer, event.a)) return refuse(fmt::format("timer {} went with its loop", event.a));
    timer.state = Timer::State::due;
    if (!timer.cancelled) forget(timer);
    return make_ready({Handle::Kind::timer, {}, event.a, 0});
}

/// Counts a timer as no longer running.
void Checker::forget(const Timer& timer) {
    --running_timers_;
    --loops_[timer.thread].running_timers;
}

bool Checker::timer_cancel(const Event& event) {
    Timer* const found = timers_.find(event.a);
    if (!found) return refuse(fmt::format("timer {} is over", event.a));
    Timer& timer = *found;
    if (timer.cancelled || timer.state == Timer::State::taken || is_gone(timer, event.a))
        return refuse(fmt::format("timer {} is over", event.a));
    timer.cancelled = true;
    if (timer.state == Timer::State::due) return step_over(loop().ready.size());
    forget(timer);
    return true;
}

/// Drops what is known of the first timers, if they are over. One that was cancelled is not: a loop may take
/// it out of its heap only when it is due.
void Checker::forget_timers() {
    timers_.forget_if([this](const Timer& timer, std::uint32_t number) {
        return timer.state == Timer::State::taken || is_gone(timer, number);
    });
}

}  // namespace loopscope::trace
