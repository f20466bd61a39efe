#pragma once

#include "core/task/sync/held.hpp"
#include "core/task/sync/waiter_list.hpp"

namespace loopscope::task {

/// A mutex (`asyncio.Lock`, Lib/asyncio/locks.py). A handle: copies refer to the same lock.
///
///     const Lock::Guard guard = co_await lock.acquire();
///
/// Waiting tasks get the lock first in, first out: release() wakes the first, which takes the lock one
/// iteration later. In between the lock is not locked, but a task that asks for it then waits behind the
/// others.
class Lock {
    struct State;

  public:
    class Acquire;
    using Guard = Held<State>;

    Lock() : state_(new State) {}

    /// Waits until the lock is free and takes it; takes no hop if it is free and no task waits. The guard
    /// gives it back.
    Acquire acquire(SourceLine here = SourceLine(__builtin_LINE())) const;
    /// Releases the lock without a guard. Throws RuntimeError if it is not locked.
    void release() const;
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

/// The awaiter of a lock.
class [[nodiscard]] Lock::Acquire {
  public:
    Acquire(Ref<State> state, SourceLine here) : state_(std::move(state)), here_(here) {}

    [[nodiscard]] bool await_ready() const { return !state_->locked && state_->waiters.all_cancelled(); }
    void await_suspend(std::coroutine_handle<> leaf);
    Guard await_resume();
    [[nodiscard]] Coro<Guard> to_coroutine() const { return acquire(state_, here_); }

  private:
    static Coro<Guard> acquire(Ref<State> state, SourceLine here);

    Ref<State> state_;
    SourceLine here_;
};

inline Lock::Acquire Lock::acquire(SourceLine here) const {
    return {state_, here};
}

}  // namespace loopscope::task
