// SPDX-License-Identifier: MIT
#pragma once

#include "core/task/sync/held.hpp"
#include "core/task/sync/waiter_list.hpp"

namespace loopscope::task {

/// A mutex (`asyncio.Lock`, Lib/asyncio/locks.py). A handle: copies refer to the same lock.
///
///     const Lock::Guard guard = co_await lock.guard();  // async with lock:
///
/// Waiting tasks get the lock first in, first out: release() wakes the first, which takes the lock one
/// iteration later. In between the lock is not locked, but a task that asks for it then waits behind the
/// others.
class Lock {
    struct State;

  public:
    class Taking;
    class Acquire;
    class Guarding;
    using Guard = Held<State>;

    Lock() : state_(new State) {}

    /// Waits until the lock is free and takes it, until release() gives it back; takes no hop if it is free
    /// and no task waits. Results in true, as asyncio's does.
    Acquire acquire(SourceLine here = SourceLine(__builtin_LINE())) const;
    /// Waits as acquire() does. Results in a guard that gives the lock back, as `async with` does.
    Guarding guard(SourceLine here = SourceLine(__builtin_LINE())) const;
    /// Releases the lock. Throws RuntimeError if it is not locked.
    void release() const { state_->give_back(); }
    [[nodiscard]] bool locked() const { return state_->locked; }

  private:
    struct State : RefCounted<State>, Pooled {
        ObjectId object;
        bool locked = false;
        WaiterList waiters;

        void give_back();
        void wake_first();
    };

    Ref<State> state_;
};

/// What the awaiters of a lock have in common.
class Lock::Taking {
  public:
    [[nodiscard]] bool await_ready() const { return !state_->locked && state_->waiters.all_cancelled(); }
    void await_suspend(std::coroutine_handle<> leaf);

  protected:
    Taking(Ref<State> state, SourceLine here) : state_(std::move(state)), here_(here) {}
    /// Takes the lock once the wait is over. Throws CancelledError if the task was cancelled meanwhile.
    void take();

    Ref<State> state_;
    SourceLine here_;
};

/// The awaiter of a lock that stays taken.
class [[nodiscard]] Lock::Acquire : public Taking {
  public:
    Acquire(Ref<State> state, SourceLine here) : Taking(std::move(state), here) {}

    bool await_resume() {
        take();
        return true;
    }
    [[nodiscard]] Coro<bool> to_coroutine() const { return acquire(state_, here_); }

  private:
    static Coro<bool> acquire(Ref<State> state, SourceLine here);
};

/// The awaiter of a lock with a guard that gives it back.
class [[nodiscard]] Lock::Guarding : public Taking {
  public:
    Guarding(Ref<State> state, SourceLine here) : Taking(std::move(state), here) {}

    Guard await_resume() {
        take();
        return Guard(state_);
    }
    [[nodiscard]] Coro<Guard> to_coroutine() const { return guard(state_, here_); }

  private:
    static Coro<Guard> guard(Ref<State> state, SourceLine here);
};

inline Lock::Acquire Lock::acquire(SourceLine here) const {
    return {state_, here};
}

inline Lock::Guarding Lock::guard(SourceLine here) const {
    return {state_, here};
}

}  // namespace loopscope::task
