// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <limits>

#include "core/task/sync/lock.hpp"

namespace loopscope::task {

/// A condition variable (`asyncio.Condition`, Lib/asyncio/locks.py): a lock, and tasks that have released it
/// and wait until a task that holds it notifies them. A handle: copies refer to the same condition.
class Condition {
  public:
    explicit Condition(Lock lock = {}) : lock_(std::move(lock)), state_(new State) {}

    /// Waits for the lock and takes it, as Lock's functions of these names do.
    Lock::Guarding guard(SourceLine here = SourceLine(__builtin_LINE())) const { return lock_.guard(here); }
    Lock::Acquire acquire(SourceLine here = SourceLine(__builtin_LINE())) const {
        return lock_.acquire(here);
    }
    /// Releases the lock. Throws RuntimeError if it is not locked.
    void release() const { lock_.release(); }
    [[nodiscard]] bool locked() const { return lock_.locked(); }

    /// Releases the lock, waits to be notified, and takes the lock again, also if the task is cancelled
    /// meanwhile. Throws RuntimeError if the lock is not held.
    Coro<> wait(SourceLine here = SourceLine(__builtin_LINE())) const { return wait(*this, here); }
    /// Waits until the predicate, which is called while the lock is held, returns true. Throws RuntimeError
    /// if the lock is not held.
    template <std::predicate Predicate>
    Coro<> wait_for(Predicate predicate, SourceLine here = SourceLine(__builtin_LINE())) const {
        return wait_for(*this, std::move(predicate), here);
    }

    /// Wakes the first `count` tasks that wait and have not been woken. Throws RuntimeError if the lock is
    /// not held.
    void notify(std::size_t count = 1) const;
    void notify_all() const { notify(std::numeric_limits<std::size_t>::max()); }

  private:
    class Notified;

    struct State : RefCounted<State>, Pooled {
        ObjectId object;
        WaiterList waiters;

        void notify(std::size_t count);
    };

    // Coroutines that own the condition for as long as they run.
    static Coro<> wait(Condition condition, SourceLine here);
    static Coro<> retake(Lock lock, SourceLine here);
    template <class Predicate>
    static Coro<> wait_for(Condition condition, Predicate predicate, SourceLine here) {
        while (!predicate()) co_await wait(condition, here);
    }

    Lock lock_;
    Ref<State> state_;
};

}  // namespace loopscope::task
