// SPDX-License-Identifier: MIT
#include "core/loop/timer_heap.hpp"

#include <utility>

namespace loopscope::loop {

TimerHeap::~TimerHeap() {
    for (const Timer& timer : slots_) {
        if (timer.target) timer.target->release();
    }
}

std::uint32_t TimerHeap::add(Time deadline, Runnable& target, TimerId id) {
    if (free_slots_.empty()) {
        free_slots_.push_back(static_cast<std::uint32_t>(slots_.size()));
        slots_.emplace_back();
    }
    const std::uint32_t slot = free_slots_.back();
    free_slots_.pop_back();
    target.retain();
    slots_[slot] = {&target, id, true};
    heap_.push({deadline, slot});
    return slot;
}

void TimerHeap::cancel(std::uint32_t slot) {
    Timer& timer = slots_[slot];
    if (!timer.target) return;
    if (timer.in_heap) ++cancelled_;
    std::exchange(timer.target, nullptr)->release();
}

void TimerHeap::purge() {
    if (cancelled_ == 0) return;  // the count may be too high, never too low
    if (heap_.size() > purge_size && cancelled_ * 2 > heap_.size()) {
        const auto cancelled = [this](const Entry& entry) { return !slots_[entry.slot].target; };
        for (const Entry& entry : heap_) {
            if (cancelled(entry)) free_slot(entry.slot);
        }
        heap_.erase_if(cancelled);
        cancelled_ = 0;
        return;
    }
    while (!heap_.empty() && !slots_[heap_.front().slot].target) {
        free_slot(heap_.pop().slot);
        --cancelled_;
    }
}

std::uint32_t TimerHeap::pop() {
    const std::uint32_t slot = heap_.pop().slot;
    slots_[slot].in_heap = false;  // cancelled_ is kept even for a cancelled one, as CPython keeps its count
    prefetch_next();
    return slot;
}

// A hundred thousand sleeping tasks do not fit into a near cache, but it is known which one wakes next:
// prefetches its target, which is in a coroutine's frame, and what is around it.
[[gnu::always_inline]] inline void TimerHeap::prefetch_next() const {
    if (heap_.size() < 3) return;
    __builtin_prefetch(&slots_[heap_[1].slot], 1);
    __builtin_prefetch(&slots_[heap_[2].slot], 1);
    constexpr std::uintptr_t line = 64;
    const auto target = reinterpret_cast<std::uintptr_t>(slots_[heap_[0].slot].target);
    for (const std::uintptr_t at : {target - line, target, target + line})
        __builtin_prefetch(reinterpret_cast<const void*>(at), 1);
}

Runnable* TimerHeap::take(std::uint32_t slot) {
    Runnable* const target = std::exchange(slots_[slot].target, nullptr);
    free_slot(slot);
    return target;
}

void TimerHeap::free_slot(std::uint32_t slot) {
    slots_[slot] = {};
    free_slots_.push_back(slot);
}

}  // namespace loopscope::loop
