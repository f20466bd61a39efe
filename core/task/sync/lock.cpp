// SPDX-License-Identifier: MIT
#include "core/task/sync/lock.hpp"

namespace loopscope::task {

void tell_of_lost_guard(const std::exception_ptr& error) {
    const loop::EventLoop* const loop = loop::EventLoop::running();
    if (!loop || loop->closing()) return;
    const TaskId task = loop->current() ? loop->current()->id() : TaskId{};
    loop->call_exception_handler({loop::Unhandled::Kind::guard, error, task, {}});
}

void Lock::State::give_back() {
    if (!std::exchange(locked, false)) throw RuntimeError("Lock is not acquired.");
    wake_first();
}

void Lock::State::wake_first() {
    // Only the very first waiter, also if it was woken or cancelled before: it passes the lock on when it
    // resumes.
    Waiter* const waiter = waiters.first();
    if (waiter && !waiter->woken()) waiter->wake();
}

void Lock::Taking::await_suspend(std::coroutine_handle<> leaf) {
    expect_leaf(leaf);
    wait_in(state_->waiters, trace::Wait::lock, state_->object, here_);
}

Coro<bool> Lock::Acquire::acquire(Ref<State> state, SourceLine here) {
    Acquire acquire(std::move(state), here);
    co_return co_await acquire;
}

Coro<Lock::Guard> Lock::Guarding::guard(Ref<State> state, SourceLine here) {
    Guarding guard(std::move(state), here);
    co_return co_await guard;
}

void Lock::Taking::take() {
    try {
        leave_list();
    } catch (const CancelledError&) {
        if (!state_->locked) state_->wake_first();
        throw;
    }
    state_->locked = true;
}

}  // namespace loopscope::task
