#pragma once

#include <limits>

#include "core/task/sync/held.hpp"
#include "core/task/sync/waiter_list.hpp"

namespace loopscope::task {

/// A number of permits (`asyncio.Semaphore`, Lib/asyncio/locks.py). A handle: copies refer to the same
/// semaphore.
///
///     const Semaphore::Permit permit = co_await semaphore.acquire();
///
/// Waiting tasks get permits first in, first out: release() gives one to the first, which resumes one
/// iteration later.
class Semaphore {
    struct State;

  public:
    class Acquire;
    using Permit = Held<State>;

    /// Makes a semaphore with a number of permits. Throws ValueError if that is negative.
    explicit Semaphore(std::int64_t permits = 1);

    /// Waits for a permit and takes it; takes no hop if there is one and no task waits. The returned object
    /// gives the permit back.
    Acquire acquire(SourceLine here = SourceLine(__builtin_LINE())) const;
    /// Adds a permit. Throws ValueError if a bounded semaphore has all of its permits.
    void release() const;
    /// Returns whether acquire() would wait.
    [[nodiscard]] bool locked() const { return state_->locked(); }
    /// Returns how many permits can be taken.
    [[nodiscard]] std::int64_t value() const { return state_->value; }

  protected:
    Semaphore(std::int64_t permits, std::int64_t limit);

  private:
    struct State : RefCounted<State>, Pooled {
        ObjectId object;
        std::int64_t value = 0;
        std::int64_t limit = 0;  // the maximum of value
        WaiterList waiters;

        [[nodiscard]] bool locked() const { return value == 0 || !waiters.all_cancelled(); }
        /// Adds a permit. Does nothing where release() would throw: a permit goes back in a destructor.
        void give_back();
        /// Gives a permit to the first task that waits for one. Returns false if no task waits.
        bool wake_next();
    };

    Ref<State> state_;
};

/// A semaphore that never has more permits than at the beginning (`asyncio.BoundedSemaphore`).
class BoundedSemaphore : public Semaphore {
  public:
    explicit BoundedSemaphore(std::int64_t permits = 1) : Semaphore(permits, permits) {}
};

/// The awaiter of a permit.
class [[nodiscard]] Semaphore::Acquire {
  public:
    Acquire(Ref<State> state, SourceLine here) : state_(std::move(state)), here_(here) {}

    [[nodiscard]] bool await_ready() const { return !state_->locked(); }
    void await_suspend(std::coroutine_handle<> leaf);
    Permit await_resume();
    [[nodiscard]] Coro<Permit> to_coroutine() const { return acquire(state_, here_); }

  private:
    static Coro<Permit> acquire(Ref<State> state, SourceLine here);
    void pass_on();

    Ref<State> state_;
    SourceLine here_;
};

inline Semaphore::Acquire Semaphore::acquire(SourceLine here) const {
    return {state_, here};
}

}  // namespace loopscope::task
