// SPDX-License-Identifier: MIT
#pragma once

#include "core/task/ensure_future.hpp"

namespace loopscope::task {

/// A callback that shield() registers.
class ShieldCallback : public loop::Runnable, public Pooled {
  public:
    [[nodiscard]] trace::Callback callback() const final { return trace::Callback::shield; }
};

/// Settles the outer future as the inner one ended. `Inner` is the state of a future or task with its result.
/// REQUIRES: inner.done().
template <class T, class Inner>
void carry_over(const Inner& inner, FutureState<T>& outer) {
    if (inner.cancelled())
        outer.cancel();
    else if (inner.exception())
        outer.set_exception(inner.exception());
    else if constexpr (std::is_void_v<T>)
        outer.set_result();
    else
        outer.set_result(inner.result());
}

/// The inner future's callback, which settles the outer future like the inner one.
template <class T, class Inner>
class CarryOver final : public ShieldCallback {
  public:
    CarryOver(Ref<Inner> inner, Ref<FutureState<T>> outer)
        : inner_(std::move(inner)), outer_(std::move(outer)) {}

    void run(loop::EventLoop& loop) override {
        if (!outer_->cancelled())
            carry_over<T>(*inner_, *outer_);
        else if (!loop.asyncio().shield_tracks_awaiters())
            inner_->retrieve();
    }

  private:
    Ref<Inner> inner_;
    Ref<FutureState<T>> outer_;
};

/// The inner future's callback since 3.14, which forgets the task that awaits the outer one
/// (`_clear_awaited_by_callback`). Nothing here keeps track of that, but it is a handle of the loop.
class ForgetAwaiter final : public ShieldCallback {
  public:
    void run(loop::EventLoop& /*loop*/) override {}
};

/// Has the exception with which an inner future may end reported to the loop's exception handler, once,
/// however many outer ones were cancelled (`_log_on_exception`, 3.14).
void report_alone(FutureCore& inner);

/// The outer future's callback, which unregisters the inner future's CarryOver.
class StopCarrying final : public ShieldCallback {
  public:
    StopCarrying(Ref<FutureCore> inner, Ref<ShieldCallback> carry_over)
        : inner_(std::move(inner)), carry_over_(std::move(carry_over)) {}

    void run(loop::EventLoop& loop) override {
        if (inner_->done()) return;
        inner_->remove_done_callback(*carry_over_);
        if (loop.asyncio().shield_tracks_awaiters()) report_alone(*inner_);
    }

  private:
    Ref<FutureCore> inner_;
    Ref<ShieldCallback> carry_over_;
};

/// Makes the outer future of a future or task.
template <class T, class Inner>
Future<T> shield_state(Inner& inner) {
    const Ref<FutureState<T>> outer(new FutureState<T>(inner.loop(), trace::Wait::shield));
    if (inner.done()) {
        // asyncio returns the inner future itself, so here its CancelledError says what it says.
        const std::exception_ptr error = inner.error_to_throw();
        if (const CancelledError* const cancelled = inner.cancelled() ? as_cancelled_error(error) : nullptr)
            outer->cancel({}, cancelled->what());
        else
            carry_over<T>(inner, *outer);
    } else {
        if (inner.loop().asyncio().shield_tracks_awaiters() && inner.loop().current())
            inner.add_done_callback(*new ForgetAwaiter);
        const Ref<ShieldCallback> carry(new CarryOver<T, Inner>(Ref(&inner), outer));
        inner.add_done_callback(*carry);
        outer->add_done_callback(*new StopCarrying(Ref<FutureCore>(&inner), carry));
    }
    return Future<T>(outer);
}

/// Returns a future that ends as the inner one does; cancelling it leaves the inner one alone
/// (`asyncio.shield`, Lib/asyncio/tasks.py). If the inner one is done, so is the returned one. An awaitable
/// that is not a future is made into a task. REQUIRES: a loop is running.
template <Awaitable Awaited>
auto shield(Awaited&& inner, SourceLine here = SourceLine(__builtin_LINE())) {
    const auto future = ensure_future(std::forward<Awaited>(inner), here);
    return shield_state<ResultOf<decltype(future)>>(future.core());
}

}  // namespace loopscope::task
