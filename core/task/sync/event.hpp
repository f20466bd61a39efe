#pragma once

#include "core/task/sync/waiter_list.hpp"

namespace loopscope::task {

/// A flag that tasks wait for (`asyncio.Event`, Lib/asyncio/locks.py). A handle: copies are the same event.
///
/// set() wakes all who wait, in the order in which they came, one iteration later; a clear() in between does
/// not stop them.
class Event {
  public:
    class State;
    class Waiting;

    Event();

    /// `co_await event.wait()` waits until the flag is set; it takes no hop if it is. (What that awaits is
    /// the event itself, so nothing is kept for it in the coroutine's frame.)
    [[nodiscard]] const State& wait() const { return *state_; }
    /// The same for a trace that is to show another line than that of the `co_await`.
    [[nodiscard]] Waiting wait_from(Here here) const;
    void set() const;
    void clear() const;
    [[nodiscard]] bool is_set() const;

  private:
    Ref<State> state_;
};

/// A task that waits, from the moment that this is made. It does not own the event: when the last handle is
/// gone nobody can set the flag, and the task waits until it is cancelled.
class Event::Waiting final : public ListedWaiter {
  public:
    /// The flag is set.
    Waiting() { skip(); }
    Waiting(const State& state, Here here);

    void await_suspend(std::coroutine_handle<> leaf) const { expect_leaf(leaf); }
};

/// What all handles of an event share.
class Event::State : public RefCounted<State>, public Pooled {
  public:
    /// The awaiter, for a `co_await` on that line.
    [[nodiscard]] Waiting await_at(Here here) const { return flag_ ? Waiting() : Waiting(*this, here); }

  private:
    friend class Event;
    void wake_all() const;

    bool flag_ = false;
    mutable ObjectId object_;
    mutable WaiterList waiters_;
};

inline Event::Event() : state_(new State) {}

inline Event::Waiting::Waiting(const State& state, Here here)
    : ListedWaiter(state.waiters_, trace::Wait::event, state.object_, here) {}

inline Event::Waiting Event::wait_from(Here here) const {
    return state_->await_at(here);
}

inline void Event::set() const {
    if (std::exchange(state_->flag_, true) || state_->waiters_.empty()) return;
    if (!state_->waiters_.has_one()) [[unlikely]]
        return state_->wake_all();
    ListedWaiter* const only = state_->waiters_.first();
    if (!only->done()) only->set();
}

inline void Event::clear() const {
    state_->flag_ = false;
}

inline bool Event::is_set() const {
    return state_->flag_;
}

}  // namespace loopscope::task
