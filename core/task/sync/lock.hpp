#pragma once

#include "core/task/sync/held.hpp"
#include "core/task/sync/waiter_list.hpp"

namespace loopscope::task {

/// A lock (`asyncio.Lock`, Lib/asyncio/locks.py). A handle: copies are the same lock.
///
///     const Lock::Guard guard = co_await lock.acquire();
///
/// It is handed on first in, first out: release() wakes the first who waits, who has it one iteration later.
/// In between it is not locked, but whoever asks for it then waits behind.
class Lock {
    struct State;

  public:
    class Acquire;
    using Guard = Held<State>;

    Lock() : state_(new State) {}

    /// Waits until it is free and takes it; takes no hop if it is and nobody waits. The guard gives it back.
    Acquire acquire(Here here = Here(__builtin_LINE())) const;
    /// Gives it back without a guard. Throws RuntimeError if it is not locked.
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

/// Waiting for a lock.
class [[nodiscard]] Lock::Acquire {
  public:
    Acquire(Ref<State> state, Here here) : state_(std::move(state)), here_(here) {}

    [[nodiscard]] bool await_ready() const { return !state_->locked && state_->waiters.all_cancelled(); }
    void await_suspend(std::coroutine_handle<> leaf);
    Guard await_resume();
    [[nodiscard]] Coro<Guard> to_coroutine() const { return acquire(state_, here_); }

  private:
    static Coro<Guard> acquire(Ref<State> state, Here here);

    Ref<State> state_;
    Here here_;
};

inline Lock::Acquire Lock::acquire(Here here) const {
    return {state_, here};
}

}  // namespace loopscope::task
