#pragma once

#include "core/task/waiter.hpp"

namespace loopscope::task {

class WaiterList;

/// A place in a list: a circle of neighbours, so that leaving needs no list. One without neighbours is in
/// none.
class Link {
  public:
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): it has no neighbour before it, either
    Link() : after_(nullptr) {}
    /// One that stands at the end of the list.
    explicit Link(WaiterList& list);
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
    Link* before_;
    Link* after_;
};

/// A waiter that can stand in a list.
class ListedWaiter : public Link, public Waiter {
  public:
    /// Throws CancelledError if the task was cancelled.
    void await_resume() {
        leave();
        resume();
    }

  protected:
    ListedWaiter() = default;
    /// The running task waits in that list from here on, for what has this number (one that it gets now, if
    /// it has none).
    ListedWaiter(WaiterList& list, trace::Wait kind, ObjectId& object, Here here);
    ~ListedWaiter() = default;

    /// The same for one that was made before, and the task is suspended in that coroutine.
    void wait_in(WaiterList& list, trace::Wait kind, ObjectId& object, Here here,
                 std::coroutine_handle<> leaf);
};

/// Those who wait for a lock, queue or the like, in the order in which they came: the `_waiters` deque of
/// Lib/asyncio/locks.py. A list through the waiters themselves, which allocates nothing. A woken waiter stays
/// until its task has resumed, as there.
class WaiterList {
  public:
    WaiterList() { end_.before_ = end_.after_ = &end_; }

    void push(Link& link) {
        link.before_ = end_.before_;
        link.after_ = &end_;
        end_.before_->after_ = &link;
        end_.before_ = &link;
    }

    [[nodiscard]] bool empty() const { return end_.after_ == &end_; }
    /// Whether there is one and no more. REQUIRES: not empty().
    [[nodiscard]] bool has_one() const { return end_.after_ == end_.before_; }
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
        return link == &end_ ? nullptr : &static_cast<ListedWaiter&>(*link);
    }

    End end_;
};

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): push does
inline Link::Link(WaiterList& list) {
    list.push(*this);
}

inline ListedWaiter::ListedWaiter(WaiterList& list, trace::Wait kind, ObjectId& object, Here here)
    : Link(list), Waiter(kind, loop::EventLoop::running()->number(object), here) {}

inline void ListedWaiter::wait_in(WaiterList& list, trace::Wait kind, ObjectId& object, Here here,
                                  std::coroutine_handle<> leaf) {
    expect_leaf(leaf);
    list.push(*this);
    begin(kind, loop::EventLoop::running()->number(object), here);
}

}  // namespace loopscope::task
