#pragma once

#include "core/task/waiter.hpp"

namespace loopscope::task {

/// A place in a list: a circle of neighbours, so that leaving needs no list. One without neighbours is in
/// none.
class Link {
  public:
    Link() = default;
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    void leave() {
        if (!after_) return;
        before_->after_ = after_;
        after_->before_ = before_;
        after_ = nullptr;
    }

  protected:
    ~Link() { leave(); }

  private:
    friend class WaiterList;
    Link* before_ = nullptr;
    Link* after_ = nullptr;
};

class WaiterList;

/// A waiter that can stand in a list.
class ListedWaiter : public Waiter, public Link {
  public:
    ListedWaiter(trace::Wait kind, Here here) : Waiter(kind, 0, here) {}

    /// Throws CancelledError if the task was cancelled.
    void await_resume() {
        leave();
        resume();
    }

  protected:
    ~ListedWaiter() = default;

    /// It stands in the list from here on, for what has this number (one that it gets now, if it has none).
    void join(WaiterList& list, ObjectId& object);
    /// The running task waits there.
    void wait_in(WaiterList& list, ObjectId& object, std::coroutine_handle<> leaf) {
        join(list, object);
        Waiter::await_suspend(leaf);
    }
};

/// Those who wait for a lock, queue or the like, in the order in which they came: the `_waiters` deque of
/// Lib/asyncio/locks.py. A list through the waiters themselves, which allocates nothing. A woken waiter stays
/// until its task has resumed, as there.
class WaiterList {
  public:
    WaiterList() { end_.before_ = end_.after_ = &end_; }

    void push(ListedWaiter& waiter) {
        Link& link = waiter;
        link.before_ = end_.before_;
        link.after_ = &end_;
        end_.before_->after_ = &link;
        end_.before_ = &link;
    }

    /// The first waiter; null: there is none.
    [[nodiscard]] ListedWaiter* first() const { return at(end_.after_); }
    /// The one behind a waiter of this list.
    [[nodiscard]] ListedWaiter* next(const ListedWaiter& waiter) const {
        return at(static_cast<const Link&>(waiter).after_);
    }

    /// The first waiter that is not done.
    [[nodiscard]] ListedWaiter* first_pending() const {
        ListedWaiter* waiter = first();
        while (waiter && waiter->done()) waiter = next(*waiter);
        return waiter;
    }
    /// Whether there is none, or only such as have been cancelled.
    [[nodiscard]] bool all_cancelled() const {
        const ListedWaiter* waiter = first();
        while (waiter && waiter->cancelled()) waiter = next(*waiter);
        return !waiter;
    }

  private:
    class End final : public Link {};

    [[nodiscard]] ListedWaiter* at(Link* link) const {
        return link == &end_ ? nullptr : static_cast<ListedWaiter*>(link);
    }

    End end_;
};

inline void ListedWaiter::join(WaiterList& list, ObjectId& object) {
    list.push(*this);
    set_number(loop::EventLoop::running()->number(object));
}

}  // namespace loopscope::task
