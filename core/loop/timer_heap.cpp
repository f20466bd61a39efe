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
    return slot;
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
    while (hole > 0) {
        const std::size_t parent = (hole - 1) / 2;
        if (entry.deadline >= heap_[parent].deadline) break;
        heap_[hole] = heap_[parent];
        hole = parent;
    }
    heap_[hole] = entry;
}

// heapq._siftup: down to a leaf along the smaller children (the right one of equals), then back up to where
// the entry belongs.
void TimerHeap::sift_towards_leaf(std::size_t hole, Entry entry) {
    const std::size_t top = hole;
    const std::size_t size = heap_.size();
    for (std::size_t child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
        if (child + 1 < size && !(heap_[child].deadline < heap_[child + 1].deadline)) ++child;
        heap_[hole] = heap_[child];
        hole = child;
    }
    while (hole > top) {
        const std::size_t parent = (hole - 1) / 2;
        if (entry.deadline >= heap_[parent].deadline) break;
        heap_[hole] = heap_[parent];
        hole = parent;
    }
    heap_[hole] = entry;
}

}  // namespace loopscope::loop
