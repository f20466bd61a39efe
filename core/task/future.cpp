#include "core/task/future.hpp"

#include "core/task/task.hpp"

namespace loopscope::task {

using trace::Kind;
using trace::tagged;

void FutureAwaiter::await_suspend(std::coroutine_handle<> leaf) {
    TaskCore& task = current_task();
    loop::EventLoop& loop = task.loop();
    task.suspend_in(leaf);
    suspended_ = true;
    loop.sink().emit(Kind::suspend, task.id().value, future_->trace_number(),
                     tagged(future_->wait_kind(), line_of(here_)));
    if (future_.get() == &task) {
        // Task.__step finds out and steps itself again with the error (Lib/asyncio/tasks.py).
        awaits_itself_ = true;
        future_->note_self_await();
        loop.wake(task, trace::Wait::task, task.id().value);
        return;
    }
    future_->add_waiter(task);
    task.wait_for(*future_);
}

void FutureAwaiter::resume() {
    if (!suspended_) {
        if (!future_->done())
            throw RuntimeError("the future cannot be awaited: it is a task that awaited itself");
        return;
    }
    current_task().stop_waiting();
    if (awaits_itself_) throw RuntimeError("Task cannot await on itself");
}

}  // namespace loopscope::task
