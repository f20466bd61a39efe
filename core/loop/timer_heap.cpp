#include "core/loop/timer_heap.hpp"

#include <algorithm>
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
    heap_.emplace_back();
    sift_towards_root(heap_.size() - 1, {deadline, slot});
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
        std::vector<Entry> kept;
        for (const Entry& entry : heap_) {
            if (slots_[entry.slot].target)
                kept.push_back(entry);
            else
                free_slot(entry.slot);
        }
        heap_ = std::move(kept);
        for (std::size_t at = heap_.size() / 2; at-- > 0;) sift_towards_leaf(at, heap_[at]);
        cancelled_ = 0;
        return;
    }
    while (!heap_.empty() && !slots_[heap_.front().slot].target) {
        const std::uint32_t slot = heap_.front().slot;
        remove_first();
        free_slot(slot);
        --cancelled_;
    }
}

std::uint32_t TimerHeap::pop() {
    const std::uint32_t slot = heap_.front().slot;
    remove_first();
    slots_[slot].in_heap =
        false;  // cancelled_ stays as it is even for a cancelled one: so does CPython's count
    prefetch_next();
    return slot;
}

// A hundred thousand sleeping tasks are in no near cache, but it is known which one is next to wake: its
// target, which stands in a coroutine's frame, and what is around it.
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

void TimerHeap::remove_first() {
    const Entry last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_towards_leaf(0, last);
}

void TimerHeap::free_slot(std::uint32_t slot) {
    slots_[slot] = {};
    free_slots_.push_back(slot);
}

// heapq._siftdown
void TimerHeap::sift_towards_root(std::size_t hole, Entry entry) {
    sift_back(0, hole, entry);
}

void TimerHeap::sift_back(std::size_t top, std::size_t hole, Entry entry) {
    while (hole > top) {
        const std::size_t parent = (hole - 1) / 2;
        if (entry.deadline >= heap_[parent].deadline) break;
        heap_[hole] = heap_[parent];
        hole = parent;
    }
    heap_[hole] = entry;
}

// heapq._siftup: down to a leaf along the smaller children (the right one of equals), then back up to where
// the entry belongs. Which child is smaller nobody can predict, so it is no branch; and the levels below are
// asked for early, for a large heap is in no near cache.
void TimerHeap::sift_towards_leaf(std::size_t hole, Entry entry) {
    const std::size_t top = hole;
    const std::size_t size = heap_.size();
    Entry* const heap = heap_.data();
    std::size_t child = 2 * hole + 1;
    while (child + 1 < size) {
        __builtin_prefetch(heap + std::min(4 * child + 3, size - 1));
        child += static_cast<std::size_t>(heap[child + 1].deadline <= heap[child].deadline);
        heap[hole] = heap[child];
        hole = child;
        child = 2 * hole + 1;
    }
    if (child < size) {
        heap[hole] = heap[child];
        hole = child;
    }
    sift_back(top, hole, entry);
}

}  // namespace loopscope::loop
