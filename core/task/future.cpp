#include "core/task/future.hpp"

#include "core/task/task.hpp"

namespace loopscope::task {

using loop::Handle;
using trace::Kind;
using trace::Resume;
using trace::tagged;

namespace {

/// How the step begins of a task that waited for this future.
Resume resume_after(const FutureCore& future) {
    return future.cancelled() ? Resume::cancelled : Resume::value;
}

}  // namespace

bool FutureCore::cancel(Here) {
    if (done()) return false;
    settle(State::cancelled);
    return true;
}

void FutureCore::set_exception(std::exception_ptr error) {
    if (done()) throw InvalidStateError("the future is done");
    error_ = std::move(error);
    finish();
}

void FutureCore::check() const {
    if (cancelled()) throw CancelledError();
    if (!done()) throw InvalidStateError("the result is not ready");
    if (error_) std::rethrow_exception(error_);
}

void FutureCore::add_done_callback(loop::Runnable& target) {
    if (done()) return schedule(Handle::call(target));
    callbacks_.push(Handle::call(target));
    if (!callbacks_.watched()) loop_.watch(callbacks_);
}

bool FutureCore::remove_done_callback(loop::Runnable& target) {
    return callbacks_.remove(target);
}

void FutureCore::add_waiter(TaskCore& task) {
    callbacks_.push(Handle::step(task));
}

std::uint32_t FutureCore::trace_number() {
    return loop_.number(object_);
}

void FutureCore::settle(State state) {
    state_ = state;
    if (loop_.closing()) return;  // those who wait may be gone
    if (callbacks_.watched()) loop_.unwatch(callbacks_);
    // Nothing that is made ready here runs before this returns, but the last reference to this future may go
    // with a callback.
    callbacks_.take_all([&](Handle handle) {
        schedule(handle);
        if (handle.kind() == Handle::Kind::call) handle.target().release();
    });
}

void FutureCore::schedule(Handle handle) {
    if (handle.kind() == Handle::Kind::call) {
        loop_.call_soon(handle.target());
        return;
    }
    loop::Steppable& task = handle.task();
    task.resume = resume_after(*this);
    loop_.wake(task, wait_kind(), trace_number());
}

void FutureAwaiter::await_suspend(std::coroutine_handle<> leaf) {
    TaskCore& task = current_task();
    loop::EventLoop& loop = task.loop();
    task.leaf = leaf;
    task.resume = Resume::value;
    suspended_ = true;
    loop.sink().emit(Kind::suspend, task.id.value, future_->trace_number(),
                     tagged(future_->wait_kind(), line_of(here_)));
    if (future_.get() == &task.future()) {
        // Task.__step finds out and steps itself again with the error (Lib/asyncio/tasks.py).
        awaits_itself_ = true;
        future_->note_self_await();
        loop.wake(task, trace::Wait::task, task.id.value);
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
