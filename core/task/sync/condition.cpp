// SPDX-License-Identifier: MIT
#include "core/task/sync/condition.hpp"

namespace loopscope::task {

/// The awaiter of a notification.
class Condition::Notified {
  public:
    Notified(State& state, SourceLine here) : state_(state), here_(here) {}

    [[nodiscard]] bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> leaf) {
        expect_leaf(leaf);
        wait_in(state_.waiters, trace::Wait::condition, state_.object, here_);
    }
    void await_resume() const { leave_list(); }

  private:
    State& state_;
    SourceLine here_;
};

void Condition::State::notify(std::size_t count) {
    for (Waiter* waiter = waiters.first(); waiter && count > 0; waiter = waiters.next(*waiter)) {
        if (waiter->woken()) continue;
        waiter->wake();
        --count;
    }
}

void Condition::notify(std::size_t count) const {
    if (!locked()) throw RuntimeError("cannot notify on a lock that is not acquired");
    state_->notify(count);
}

Coro<> Condition::wait(Condition condition, SourceLine here) {
    if (!condition.locked()) throw RuntimeError("cannot wait on a lock that is not acquired");
    condition.lock_.release();
    std::exception_ptr error;
    try {
        Notified notified(*condition.state_, here);
        co_await notified;
    } catch (...) {
        error = std::current_exception();
    }
    try {
        co_await retake(condition.lock_, here);
    } catch (...) {
        error = std::current_exception();
    }
    if (!error) co_return;
    // The notification, if there was one, is not lost.
    if (current_task().loop().asyncio().condition_passes_on()) condition.state_->notify(1);
    std::rethrow_exception(error);
}

/// Takes the lock, however often the task is cancelled meanwhile. Once it has the lock, throws the last
/// CancelledError, if there was one; before 3.13, a new one.
Coro<> Condition::retake(Lock lock, SourceLine here) {
    std::exception_ptr cancelled;
    for (;;) {
        try {
            Lock::Guard guard = co_await lock.guard(here);
            guard.detach();
            break;
        } catch (const CancelledError&) {
            cancelled = std::current_exception();
        }
    }
    if (!cancelled) co_return;
    if (!current_task().loop().asyncio().condition_passes_on()) throw CancelledError();
    std::rethrow_exception(cancelled);
}

}  // namespace loopscope::task
