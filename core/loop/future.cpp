// SPDX-License-Identifier: MIT
#include "core/loop/future.hpp"

#include <utility>

#include "core/loop/event_loop.hpp"

namespace loopscope::loop {

std::exception_ptr FutureCore::error_to_throw() const {
    if (!cancelled()) return exception();
    if (!error_) return std::make_exception_ptr(CancelledError());
    if (marked_) return error_;
    // Who asks first gets a task's own CancelledError, and the others a new one (`_make_cancelled_error`).
    return std::exchange(const_cast<FutureCore*>(this)->error_, {});
}

std::exception_ptr FutureCore::error_to_list() const {
    return cancelled() && !marked_ ? std::make_exception_ptr(CancelledError()) : error_to_throw();
}

bool FutureCore::cancel(SourceLine, std::string_view message) {
    if (done()) return false;
    const Ref<FutureCore> self(this);
    settle_cancelled(cancellation(message), true);
    return true;
}

void FutureCore::settle_cancelled(std::exception_ptr error, bool is_for_all) {
    const Ref<FutureCore> self(this);
    settle(State::cancelled);
    error_ = std::move(error);
    marked_ = is_for_all && error_;
}

void FutureCore::set_exception(std::exception_ptr error) {
    check_pending();
    const Ref<FutureCore> self(this);  // a callback that is never called may have been its last owner
    settle(State::finished);           // what waits for it runs later
    error_ = std::move(error);
    marked_ = loop_.notes_unretrieved();
    if (marked_) loop_.unretrieved().add(*this);
}

void FutureCore::retrieve() const {
    if (state_ != State::finished || !marked_) return;
    marked_ = false;
    loop_.unretrieved().remove(*this);
}

void FutureCore::give_up_exception() const {
    if (state_ != State::finished || !marked_) return;
    retrieve();
    const TaskId task{wait_kind_ == trace::Wait::task ? number_ : 0};
    loop_.call_exception_handler({Unhandled::Kind::never_retrieved, error_, task, {}});
}

void FutureCore::drop_error() {
    give_up_exception();
    std::destroy_at(&error_);
}

void FutureCore::check() const {
    if (cancelled() && !error_) throw CancelledError();  // much cheaper than to throw one that is kept
    if (cancelled()) std::rethrow_exception(error_to_throw());
    if (!done()) throw InvalidStateError("the result is not ready");
    if (exception()) std::rethrow_exception(error_);
}

void FutureCore::throw_done() {
    throw InvalidStateError("the future is done");
}

void FutureCore::add_done_callback(Runnable& target) {
    if (done()) return schedule(Handle::call(target));
    callbacks_.push(Handle::call(target));
    if (!callbacks_.watched()) loop_.watch(callbacks_);
}

std::size_t FutureCore::remove_done_callback(const Runnable& target) {
    return done() ? 0 : callbacks_.remove(target);
}

void FutureCore::take_number() {
    number_ = loop_.next_object().value;
}

void FutureCore::drop_callbacks() {
    if (callbacks_.watched()) loop_.unwatch(callbacks_);
    std::destroy_at(&callbacks_);
}

void FutureCore::settle_and_wake(State state) {
    if (callbacks_.watched()) loop_.unwatch(callbacks_);
    CallbackList waiting(std::move(callbacks_));
    become(state);
    if (loop_.closing()) return;  // tasks that wait may have been destroyed
    // Nothing that is made ready here runs before this function returns, but releasing a callback may destroy
    // this future.
    waiting.take_all([&](Handle handle) {
        schedule(handle);
        if (handle.kind() == Handle::Kind::call) handle.target().release();
    });
}

void FutureCore::schedule(Handle handle) {
    if (handle.kind() == Handle::Kind::call) {
        loop_.call_soon(handle.target());
        return;
    }
    Steppable& task = handle.task();
    if (cancelled()) task.resume = trace::Resume::cancelled;
    loop_.wake(task, wait_kind(), trace_number());
}

}  // namespace loopscope::loop
