#pragma once

#include <vector>

#include "core/base/heap.hpp"
#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/loop/handle.hpp"

namespace loopscope::loop {

/// The loop's timers: a heap ordered by deadline alone, so those of equal deadlines come out as CPython's
/// heapq has it, and not first in, first out.
///
/// The heap holds deadlines and slot numbers; what a timer does stands in its slot, so that sifting moves
/// little. A slot stays taken from `add` until `take`, also when the timer is cancelled: asyncio leaves
/// cancelled timers where they are.
class TimerHeap {
  public:
    struct Timer {
        Runnable* target = nullptr;  ///< null once it is cancelled; the heap is one of its owners
        TimerId id;
        bool in_heap = false;
    };
    /// More timers than this, and more than half of them cancelled, are purged at once
    /// (_MIN_SCHEDULED_TIMER_HANDLES and _MIN_CANCELLED_TIMER_HANDLES_FRACTION, Lib/asyncio/base_events.py).
    static constexpr std::size_t purge_size = 100;

    TimerHeap() = default;
    TimerHeap(const TimerHeap&) = delete;
    TimerHeap& operator=(const TimerHeap&) = delete;
    ~TimerHeap();

    /// Starts a timer; gives its slot. Retains the target.
    std::uint32_t add(Time deadline, Runnable& target, TimerId id);

    /// The timer will not fire. Does nothing for one that was cancelled before.
    void cancel(std::uint32_t slot);

    /// Drops cancelled timers as the loop does before it waits: all of them when they are many (which changes
    /// the order of ties), otherwise those that are first.
    void purge();

    [[nodiscard]] bool empty() const { return heap_.empty(); }
    /// REQUIRES: not empty().
    [[nodiscard]] Time first_deadline() const { return heap_.front().deadline; }
    /// Takes the first timer out of the heap; its slot stays taken. REQUIRES: not empty().
    std::uint32_t pop();

    [[nodiscard]] const Timer& operator[](std::uint32_t slot) const { return slots_[slot]; }
    /// Frees a popped timer's slot and hands over its target: the caller releases it. Null: it was cancelled.
    Runnable* take(std::uint32_t slot);

    /// Every timer in the heap that is not cancelled, with its deadline, in heap order.
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
