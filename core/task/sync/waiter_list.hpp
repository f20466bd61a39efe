#pragma once

#include "core/task/task.hpp"

namespace loopscope::task {

/// Those who wait for a lock, queue or the like, in the order in which they came: the `_waiters` deque of
/// Lib/asyncio/locks.py. A list through the tasks themselves, which allocates nothing. A woken task stays in
/// it until it has resumed, as there.
class WaiterList {
  public:
    WaiterList() { end_.before_ = end_.after_ = &end_; }

    void push(Waiter& waiter) {
        Link& link = waiter;
        Link* const last = end_.before_;
        end_.before_ = &link;
        last->after_ = &link;
        link.before_ = last;
        link.after_ = &end_;
    }

    [[nodiscard]] bool empty() const { return end_.after_ == &end_; }
    /// Whether there is one and no more. REQUIRES: not empty().
    [[nodiscard]] bool has_one() const { return end_.after_ == end_.before_; }
    /// The first waiter; null: there is none.
    [[nodiscard]] Waiter* first() const { return at(end_.after_); }
    /// The one behind a waiter of this list.
    [[nodiscard]] Waiter* next(const Waiter& waiter) const {
        return at(static_cast<const Link&>(waiter).after_);
    }

    /// The first waiter that was not woken.
    [[nodiscard]] Waiter* first_pending() const {
        Waiter* waiter = first();
        while (waiter && waiter->woken()) waiter = next(*waiter);
        return waiter;
    }
    /// Whether there is none, or only such as have been cancelled.
    [[nodiscard]] bool all_cancelled() const {
        const Waiter* waiter = first();
        while (waiter && waiter->wait_cancelled()) waiter = next(*waiter);
        return !waiter;
    }

  private:
    class End final : public Link {};

    [[nodiscard]] Waiter* at(Link* link) const {
        return link == &end_ ? nullptr : &static_cast<Waiter&>(*link);
    }

    End end_;
};

/// The running task waits in that list from here on, for what has this number (one that it gets now, if it
/// has none). It is to suspend now.
inline void wait_in(WaiterList& list, trace::Wait kind, ObjectId& object, Here here) {
    TaskCore& task = current_task();
    list.push(task);
    task.wait(kind, loop::EventLoop::running()->number(object), here);
}

/// It has resumed, if it ever waited. Throws CancelledError if it was cancelled.
inline void leave_list() {
    TaskCore& task = current_task();
    task.leave();
    task.end_wait();
}

}  // namespace loopscope::task
