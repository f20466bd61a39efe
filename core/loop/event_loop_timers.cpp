// SPDX-License-Identifier: MIT
// Timers: how they start, come due, and are cancelled.

#include <algorithm>

#include "core/loop/event_loop.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::loop {

using trace::Kind;
using trace::tagged;

std::uint32_t EventLoop::call_at(Time deadline, Runnable& target) {
    if (deadline > trace::max_time) deadline = never;  // no trace has a time for it
    const std::uint32_t slot = timers_.add(deadline, target, sink_->next_timer());
    plain_ = false;
    const auto bits = static_cast<std::uint64_t>(std::min(deadline.count(), trace::deadline_limit));
    const auto high = static_cast<std::uint32_t>(bits >> 32) & (trace::Event::line_limit - 1);
    sink_->emit(Kind::timer, target.serves().value, static_cast<std::uint32_t>(bits),
                tagged(target.callback(), high));
    if (target.name())
        sink_->emit(Kind::name, timers_[slot].id.value, target.name().value, tagged(trace::Named::timer));
    return slot;
}

void EventLoop::cancel_timer(std::uint32_t slot) {
    if (!timers_[slot].target) return;
    sink_->emit(Kind::timer_cancel, 0, timers_[slot].id.value);
    timers_.cancel(slot);
}

void EventLoop::wait_for_timers() {
    timers_.purge();
    plain_ = timers_.empty() && !chooser_ && !beside_threads_;
    if (beside_threads_) [[unlikely]]
        work_beside();
    if (woken_) [[unlikely]]
        push_wakeup();
    if (timers_.empty()) return;
    if (ready_.empty()) {
        if (timers_.first_deadline() == never) return;
        advance_to(timers_.first_deadline());
    }
    if (chooser_) [[unlikely]] {
        begin_late();
        promote_due_timers_in_any_order();
    } else {
        promote_due_timers();
    }
}

inline void EventLoop::promote_due_timers() {
    const Time now = time();
    while (!timers_.empty() && timers_.first_deadline() <= now) promote_timer(timers_.pop());
}

inline void EventLoop::promote_timer(std::uint32_t slot) {
    sink_->emit(Kind::timer_due, 0, timers_[slot].id.value);
    ready_.push(Handle::timer(slot));
}

// Delays the iteration, as if the steps before it, or the rest of the machine, had taken longer. Nobody would
// see it if no timer ran.
void EventLoop::begin_late() {
    const Duration jitter = chooser_->freedoms().jitter;
    if (jitter <= Duration::zero() || timers_.empty()) return;
    const std::uint32_t part = chooser_->choose(Freedom::jitter, jitter_parts + 1);
    sink_->set_time(time() + jitter * part / jitter_parts);
}

void EventLoop::promote_due_timers_in_any_order() {
    if (!chooser_->freedoms().ties) return promote_due_timers();
    const Time now = time();
    while (!timers_.empty() && timers_.first_deadline() <= now) {
        const Time deadline = timers_.first_deadline();
        due_.clear();
        while (!timers_.empty() && timers_.first_deadline() == deadline) due_.push_back(timers_.pop());
        while (due_.size() > 1) {
            const std::uint32_t next =
                chooser_->choose(Freedom::tie, static_cast<std::uint32_t>(due_.size()));
            promote_timer(due_[next]);
            due_.erase(due_.begin() + next);
        }
        promote_timer(due_.front());
    }
}

}  // namespace loopscope::loop
