// SPDX-License-Identifier: MIT
#include "core/task/future.hpp"

#include "core/task/task.hpp"

namespace loopscope::task {

void FutureAwaiter::await_suspend(std::coroutine_handle<> leaf) {
    expect_leaf(leaf);
    TaskCore& task = current_task();
    suspended_ = true;
    const Suspension how{future_->wait_kind(), future_->trace_number(), here_};
    if (future_.get() == &task) {
        // Task.__step finds out and steps itself again with the error (Lib/asyncio/tasks.py).
        awaits_itself_ = true;
        future_->note_self_await();
        task.say(how);
        task.loop().wake(task, trace::Wait::task, task.id().value);
        return;
    }
    future_->add_waiter(task);
    task.wait_for(*future_, how);
}

void FutureAwaiter::resume() {
    if (!suspended_) {
        if (!future_->done())
            throw RuntimeError("the future cannot be awaited: it is a task that awaited itself");
        return;
    }
    current_task().end_wait_for();
    if (awaits_itself_) throw RuntimeError("Task cannot await on itself");
}

}  // namespace loopscope::task
