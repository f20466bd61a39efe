// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/base/heap.hpp"
#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/loop/handle.hpp"

namespace loopscope::loop {

/// A loop's timers: a heap ordered by deadline alone, so timers of equal deadlines come out in the order of
/// CPython's heapq, and not first in, first out.
///
/// The heap holds deadlines and slot numbers; the target of a timer is in its slot, so that sifting moves
/// little. A slot is occupied from `add` until `take`, also when the timer is cancelled: asyncio leaves
/// cancelled timers in its heap.
class TimerHeap {
  public:
    struct Timer {
        Runnable* target = nullptr;  ///< retained; null once the timer is cancelled
        TimerId id;
        bool in_heap = false;
    };
    /// The number of timers above which they are purged all at once, if more than half of them are cancelled
    /// (_MIN_SCHEDULED_TIMER_HANDLES and _MIN_CANCELLED_TIMER_HANDLES_FRACTION, Lib/asyncio/base_events.py).
    static constexpr std::size_t purge_size = 100;

    TimerHeap() = default;
    TimerHeap(const TimerHeap&) = delete;
    TimerHeap& operator=(const TimerHeap&) = delete;
    ~TimerHeap();

    /// Starts a timer and returns its slot. Retains the target.
    std::uint32_t add(Time deadline, Runnable& target, TimerId id);

    /// Cancels a timer and releases its target. Does nothing if it was cancelled before.
    void cancel(std::uint32_t slot);

    /// Removes cancelled timers as the loop does before it waits: all of them if they are many (which changes
    /// the order of equal deadlines), otherwise those that are first.
    void purge();

    [[nodiscard]] bool empty() const { return heap_.empty(); }
    /// Returns the first deadline. REQUIRES: not empty().
    [[nodiscard]] Time first_deadline() const { return heap_.front().deadline; }
    /// Removes the first timer from the heap and returns its slot, which stays occupied. REQUIRES: not
    /// empty().
    std::uint32_t pop();

    [[nodiscard]] const Timer& operator[](std::uint32_t slot) const { return slots_[slot]; }
    /// Frees a popped timer's slot and returns its target, which the caller has to release; null if the timer
    /// was cancelled.
    Runnable* take(std::uint32_t slot);

    /// Calls `visit` with the deadline and timer of every timer in the heap that is not cancelled, in heap
    /// order.
    template <class Visitor>
    void for_each(Visitor&& visit) const {
        for (const Entry& entry : heap_) {
            if (slots_[entry.slot].target) visit(entry.deadline, slots_[entry.slot]);
        }
    }

  private:
    struct Entry {
        Time deadline;
        std::uint32_t slot;

        friend bool operator<(const Entry& one, const Entry& other) { return one.deadline < other.deadline; }
    };

    void prefetch_next() const;
    void free_slot(std::uint32_t slot);

    Heap<Entry> heap_;
    std::vector<Timer> slots_;
    std::vector<std::uint32_t> free_slots_;
    std::size_t cancelled_ = 0;  // cancelled timers in the heap
};

}  // namespace loopscope::loop
