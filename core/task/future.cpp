#include "core/task/future.hpp"

#include <algorithm>

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

FutureCore::~FutureCore() {
    for (const Handle handle : callbacks_) {
        if (handle.kind() == Handle::Kind::call) handle.target().release();
    }
}

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
    if (done()) {
        schedule(Handle::call(target));
    } else {
        target.retain();
        callbacks_.push_back(Handle::call(target));
    }
}

bool FutureCore::remove_done_callback(loop::Runnable& target) {
    const auto is_target = [&](Handle handle) {
        return handle.kind() == Handle::Kind::call && &handle.target() == &target;
    };
    const auto found = std::ranges::find_if(callbacks_, is_target);
    if (found == callbacks_.end()) return false;
    callbacks_.erase(found);
    target.release();
    return true;
}

void FutureCore::add_waiter(TaskCore& task) { callbacks_.push_back(Handle::step(task)); }

std::uint32_t FutureCore::trace_number() {
    if (!object_) object_ = loop_.next_object();
    return object_.value;
}

void FutureCore::settle(State state) {
    state_ = state;
    // Nothing that is made ready here runs before this returns, but the last reference to this future may go with a callback.
    for (const Handle handle : std::exchange(callbacks_, {})) {
        schedule(handle);
        if (handle.kind() == Handle::Kind::call) handle.target().release();
    }
}

void FutureCore::schedule(Handle handle) {
    if (handle.kind() == Handle::Kind::call) {
        loop_.call_soon(handle.target());
        return;
    }
    loop::Steppable& task = handle.task();
    task.resume = resume_after(*this);
    loop_.sink().emit(Kind::wake, task.id.value, trace_number(), tagged(wait_kind()));
    loop_.step_soon(task);
}

void FutureAwaiter::await_suspend(std::coroutine_handle<> leaf) {
    TaskCore& task = current_task();
    loop::EventLoop& loop = task.loop();
    task.leaf = leaf;
    task.resume = Resume::value;
    suspended_ = true;
    loop.sink().emit(Kind::suspend, task.id.value, future_->trace_number(), tagged(future_->wait_kind(), here_.line));
    if (future_.get() == &task.future()) {
        // Task.__step finds out and steps itself again with the error (Lib/asyncio/tasks.py).
        awaits_itself_ = true;
        loop.sink().emit(Kind::wake, task.id.value, task.id.value, tagged(trace::Wait::task));
        loop.step_soon(task);
        return;
    }
    future_->add_waiter(task);
    task.wait_for(*future_);
}

void FutureAwaiter::resume() {
    if (!suspended_) return;
    current_task().stop_waiting();
    if (awaits_itself_) throw RuntimeError("Task cannot await on itself");
}

}  // namespace loopscope::task
