// SPDX-License-Identifier: MIT
#pragma once

#include "core/task/task.hpp"

namespace loopscope::task {

/// The tasks that wait for a lock, queue or the like, in the order in which they came: the `_waiters` deque
/// of Lib/asyncio/locks.py. A list linked through the tasks themselves, which allocates nothing. As in
/// asyncio, a woken task stays in it until it has resumed.
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
    /// Returns whether there is exactly one waiter. REQUIRES: not empty().
    [[nodiscard]] bool has_one() const { return end_.after_ == end_.before_; }
    /// Returns the first waiter; null if there is none.
    [[nodiscard]] Waiter* first() const { return at(end_.after_); }
    /// Returns the waiter behind another one of this list; null if that is the last.
    [[nodiscard]] Waiter* next(const Waiter& waiter) const {
        return at(static_cast<const Link&>(waiter).after_);
    }

    /// Returns the first waiter that was not woken; null if there is none.
    [[nodiscard]] Waiter* first_pending() const {
        Waiter* waiter = first();
        while (waiter && waiter->woken()) waiter = next(*waiter);
        return waiter;
    }
    /// Returns whether all waiters have been cancelled; true if there are none.
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

/// Has the running task wait in a list, for what `object` names (which gets a number now, if it has none).
/// The task has to suspend right after.
inline void wait_in(WaiterList& list, trace::Wait kind, ObjectId& object, SourceLine here) {
    TaskCore& task = current_task();
    list.push(task);
    task.wait(kind, loop::EventLoop::running()->number(object), here);
}

/// Ends the running task's wait in a list, if it waited. Throws CancelledError if the task was cancelled.
inline void leave_list() {
    TaskCore& task = current_task();
    task.leave();
    task.end_wait();
}

}  // namespace loopscope::task
