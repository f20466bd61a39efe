#pragma once

#include <limits>

#include "core/task/sync/held.hpp"
#include "core/task/sync/waiter_list.hpp"

namespace loopscope::task {

/// A number of permits (`asyncio.Semaphore`, Lib/asyncio/locks.py). A handle: copies are the same semaphore.
///
///     const Semaphore::Permit permit = co_await semaphore.acquire();
///
/// Permits go to those who wait first in, first out: release() gives one to the first, who resumes one
/// iteration later.
class Semaphore {
    struct State;

  public:
    class Acquire;
    using Permit = Held<State>;

    /// Throws ValueError if there are less than none.
    explicit Semaphore(std::int64_t permits = 1);

    /// Waits for a permit; takes no hop if there is one and nobody waits. What it gives returns the permit.
    Acquire acquire(Here here = Here(__builtin_LINE())) const;
    /// Adds a permit. Throws ValueError if a bounded one has all of its permits.
    void release() const;
    /// Whether acquire() would wait.
    [[nodiscard]] bool locked() const { return state_->locked(); }
    /// How many permits are there to be taken.
    [[nodiscard]] std::int64_t value() const { return state_->value; }

  protected:
    Semaphore(std::int64_t permits, std::int64_t most);

  private:
    struct State : RefCounted<State>, Pooled {
        ObjectId object;
        std::int64_t value = 0;
        std::int64_t most = 0;  // permits that there may be
        WaiterList waiters;

        [[nodiscard]] bool locked() const { return value == 0 || !waiters.all_cancelled(); }
        /// Does nothing where release() would throw: a permit goes back in a destructor.
        void give_back();
        /// Gives a permit to the first who waits for one. Gives whether there was somebody.
        bool wake_next();
    };

    Ref<State> state_;
};

/// One that never has more permits than at the beginning (`asyncio.BoundedSemaphore`).
class BoundedSemaphore : public Semaphore {
  public:
    explicit BoundedSemaphore(std::int64_t permits = 1) : Semaphore(permits, permits) {}
};

/// Waiting for a permit.
class [[nodiscard]] Semaphore::Acquire {
  public:
    Acquire(Ref<State> state, Here here) : state_(std::move(state)), here_(here) {}

    [[nodiscard]] bool await_ready() const { return !state_->locked(); }
    void await_suspend(std::coroutine_handle<> leaf);
    Permit await_resume();
    [[nodiscard]] Coro<Permit> to_coroutine() const { return acquire(state_, here_); }

  private:
    static Coro<Permit> acquire(Ref<State> state, Here here);
    void pass_on();

    Ref<State> state_;
    Here here_;
};

inline Semaphore::Acquire Semaphore::acquire(Here here) const {
    return {state_, here};
}

}  // namespace loopscope::task
