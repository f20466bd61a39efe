#pragma once

#include "core/task/task.hpp"

namespace loopscope::task {

/// A callback that shield() registers.
class ShieldCallback : public loop::Runnable, public Pooled {
  public:
    [[nodiscard]] trace::Callback callback() const final { return trace::Callback::shield; }
};

/// Carries the end of the inner future to the outer one.
template <class T>
class CarryOver final : public ShieldCallback {
  public:
    CarryOver(Ref<FutureState<T>> inner, Ref<FutureState<T>> outer)
        : inner_(std::move(inner)), outer_(std::move(outer)) {}

    void run(loop::EventLoop&) override {
        if (outer_->cancelled()) return;
        if (inner_->cancelled())
            outer_->cancel();
        else if (inner_->exception())
            outer_->set_exception(inner_->exception());
        else if constexpr (std::is_void_v<T>)
            outer_->set_result();
        else
            outer_->set_result(inner_->result());
    }

  private:
    Ref<FutureState<T>> inner_;
    Ref<FutureState<T>> outer_;
};

/// Takes that callback back once the outer future is done.
class StopCarrying final : public ShieldCallback {
  public:
    StopCarrying(Ref<FutureCore> inner, Ref<ShieldCallback> carry_over)
        : inner_(std::move(inner)), carry_over_(std::move(carry_over)) {}

    void run(loop::EventLoop&) override {
        if (!inner_->done()) inner_->remove_done_callback(*carry_over_);
    }

  private:
    Ref<FutureCore> inner_;
    Ref<ShieldCallback> carry_over_;
};

/// A future that ends as the inner one does; cancelling it leaves the inner one alone (`asyncio.shield`,
/// Lib/asyncio/tasks.py). For an inner one that is done, that one itself.
template <class T>
Future<T> shield(const Ref<FutureState<T>>& inner) {
    if (inner->done()) return Future<T>(inner);
    const Ref<FutureState<T>> outer(new FutureState<T>(inner->loop(), trace::Wait::shield));
    const Ref<ShieldCallback> carry_over(new CarryOver<T>(inner, outer));
    inner->add_done_callback(*carry_over);
    outer->add_done_callback(*new StopCarrying(inner, carry_over));
    return Future<T>(outer);
}

template <class T>
Future<T> shield(const Future<T>& inner) {
    return shield<T>(Ref<FutureState<T>>(&inner.core()));
}
template <class T>
Future<T> shield(const Task<T>& inner) {
    return shield<T>(Ref<FutureState<T>>(&inner.core()));
}
/// Makes a task of the coroutine, and shields it.
template <class T>
Future<T> shield(Coro<T> inner, Here here = Here(__builtin_LINE())) {
    return shield(create_task(std::move(inner), {}, here));
}

}  // namespace loopscope::task
