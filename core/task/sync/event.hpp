// SPDX-License-Identifier: MIT
#pragma once

#include "core/task/sync/waiter_list.hpp"

namespace loopscope::task {

/// A flag that tasks wait for (`asyncio.Event`, Lib/asyncio/locks.py). A handle: copies refer to the same
/// event.
///
/// set() wakes all tasks that wait, in the order in which they came, and they resume one iteration later; a
/// clear() in between does not stop them.
class Event {
  public:
    class State;
    class Waiting;

    Event();

    /// `co_await event.wait()` waits until the flag is set; it takes no hop if it is set. (The awaited object
    /// is the event's state itself, so nothing is kept for it in the coroutine's frame.)
    [[nodiscard]] const State& wait() const { return *state_; }
    /// Waits until the flag is set, with line `here` in the trace instead of that of the `co_await`. The
    /// running task waits from the call on. REQUIRES: the result is awaited at once.
    [[nodiscard]] Waiting wait_from(SourceLine here) const;
    void set() const;
    void clear() const;
    [[nodiscard]] bool is_set() const;

  private:
    Ref<State> state_;
};

/// The awaiter of the flag: its task waits from when the awaiter is made, unless the flag is set. It does not
/// own the event: when the last handle is gone nobody can set the flag, and the task waits until it is
/// cancelled.
class [[nodiscard]] Event::Waiting {
  public:
    explicit Waiting(bool waits) : waits_(waits) {}

    [[nodiscard]] bool await_ready() const { return !waits_; }
    void await_suspend(std::coroutine_handle<> leaf) const { expect_leaf(leaf); }
    /// Ends the wait. Throws CancelledError if the task was cancelled.
    void await_resume() const { leave_list(); }

  private:
    bool waits_;
};

/// The state that all handles of an event share.
class Event::State : public RefCounted<State>, public Pooled {
  public:
    /// Has the running task wait, unless the flag is set, and returns the awaiter for its `co_await` on line
    /// `here`.
    [[nodiscard]] Waiting await_at(SourceLine here) const {
        if (flag_) return Waiting(false);
        wait_in(waiters_, trace::Wait::event, object_, here);
        return Waiting(true);
    }
    [[nodiscard]] Coro<> to_coroutine() const { return wait(Ref(this)); }

  private:
    friend class Event;
    static Coro<> wait(Ref<const State> state);
    void wake_all() const;

    bool flag_ = false;
    mutable ObjectId object_;
    mutable WaiterList waiters_;
};

inline Event::Event() : state_(new State) {}

inline Event::Waiting Event::wait_from(SourceLine here) const {
    return state_->await_at(here);
}

inline void Event::set() const {
    if (std::exchange(state_->flag_, true) || state_->waiters_.empty()) return;
    if (!state_->waiters_.has_one()) [[unlikely]]
        return state_->wake_all();
    Waiter* const only = state_->waiters_.first();
    if (!only->woken()) only->wake();
}

inline void Event::clear() const {
    state_->flag_ = false;
}

inline bool Event::is_set() const {
    return state_->flag_;
}

}  // namespace loopscope::task
