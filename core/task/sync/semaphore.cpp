// SPDX-License-Identifier: MIT
#include "core/task/sync/semaphore.hpp"

namespace loopscope::task {

Semaphore::Semaphore(std::int64_t permits) : Semaphore(permits, std::numeric_limits<std::int64_t>::max()) {}

Semaphore::Semaphore(std::int64_t permits, std::int64_t limit) : state_(new State) {
    if (permits < 0) throw ValueError("a semaphore cannot have a negative number of permits");
    state_->value = permits;
    state_->limit = limit;
}

void Semaphore::State::give_back() {
    if (value >= limit) throw ValueError("BoundedSemaphore released too many times");
    ++value;
    wake_next();
}

bool Semaphore::State::wake_next() {
    Waiter* const waiter = waiters.first_pending();
    if (!waiter) return false;
    --value;
    waiter->wake();
    return true;
}

void Semaphore::Taking::await_suspend(std::coroutine_handle<> leaf) {
    expect_leaf(leaf);
    wait_in(state_->waiters, trace::Wait::semaphore, state_->object, here_);
}

Coro<bool> Semaphore::Acquire::acquire(Ref<State> state, SourceLine here) {
    Acquire acquire(std::move(state), here);
    co_return co_await acquire;
}

Coro<Semaphore::Permit> Semaphore::Permitting::permit(Ref<State> state, SourceLine here) {
    Permitting permit(std::move(state), here);
    co_return co_await permit;
}

void Semaphore::Taking::take() {
    const TaskCore& task = current_task();
    if (!task.waits()) {
        --state_->value;
        return;
    }
    const bool was_given_one = !task.wait_cancelled();
    try {
        leave_list();
    } catch (const CancelledError&) {
        if (was_given_one) ++state_->value;  // it was given a permit before the cancellation came
        pass_on(was_given_one);
        throw;
    }
    pass_on(true);
}

void Semaphore::Taking::pass_on(bool had_one) {
    if (current_task().loop().asyncio().semaphore_wakes_all_it_can()) {
        while (state_->value > 0 && state_->wake_next()) continue;
    } else if (had_one && state_->value > 0) {
        state_->wake_next();
    }
}

}  // namespace loopscope::task
