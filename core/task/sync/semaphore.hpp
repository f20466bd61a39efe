// SPDX-License-Identifier: MIT
#pragma once

#include <limits>

#include "core/task/sync/held.hpp"
#include "core/task/sync/waiter_list.hpp"

namespace loopscope::task {

/// A number of permits (`asyncio.Semaphore`, Lib/asyncio/locks.py). A handle: copies refer to the same
/// semaphore.
///
///     const Semaphore::Permit permit = co_await semaphore.permit();  // async with semaphore:
///
/// Waiting tasks get permits first in, first out: release() gives one to the first, which resumes one
/// iteration later.
class Semaphore {
    struct State;

  public:
    class Taking;
    class Acquire;
    class Permitting;
    using Permit = Held<State>;

    /// Makes a semaphore with a number of permits. Throws ValueError if that is negative.
    explicit Semaphore(std::int64_t permits = 1);

    /// Waits for a permit and takes it, until release() gives it back; takes no hop if there is one and no
    /// task waits. Results in true, as asyncio's does.
    Acquire acquire(SourceLine here = SourceLine(__builtin_LINE())) const;
    /// Waits as acquire() does. Results in an object that gives the permit back, as `async with` does.
    Permitting permit(SourceLine here = SourceLine(__builtin_LINE())) const;
    /// Adds a permit. Throws ValueError if a bounded semaphore has all of its permits.
    void release() const { state_->give_back(); }
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

/// What the awaiters of a permit have in common.
class Semaphore::Taking {
  public:
    [[nodiscard]] bool await_ready() const { return !state_->locked(); }
    void await_suspend(std::coroutine_handle<> leaf);

  protected:
    Taking(Ref<State> state, SourceLine here) : state_(std::move(state)), here_(here) {}
    /// Takes the permit once the wait is over. Throws CancelledError if the task was cancelled meanwhile.
    void take();

    Ref<State> state_;
    SourceLine here_;

  private:
    /// Wakes others that wait, as the version of asyncio has it for a task that had a permit, or none.
    void pass_on(bool had_one);
};

/// The awaiter of a permit that stays taken.
class [[nodiscard]] Semaphore::Acquire : public Taking {
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

/// The awaiter of a permit with an object that gives it back.
class [[nodiscard]] Semaphore::Permitting : public Taking {
  public:
    Permitting(Ref<State> state, SourceLine here) : Taking(std::move(state), here) {}

    Permit await_resume() {
        take();
        return Permit(state_);
    }
    [[nodiscard]] Coro<Permit> to_coroutine() const { return permit(state_, here_); }

  private:
    static Coro<Permit> permit(Ref<State> state, SourceLine here);
};

inline Semaphore::Acquire Semaphore::acquire(SourceLine here) const {
    return {state_, here};
}

inline Semaphore::Permitting Semaphore::permit(SourceLine here) const {
    return {state_, here};
}

}  // namespace loopscope::task
