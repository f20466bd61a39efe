#pragma once

#include <concepts>
#include <exception>
#include <optional>
#include <type_traits>

#include "core/base/exceptions.hpp"
#include "core/base/here.hpp"
#include "core/loop/event_loop.hpp"
#include "core/task/callbacks.hpp"
#include "core/task/coro.hpp"

namespace loopscope::task {

using loop::FutureCore;

/// A result beside a state: that of a future, or of a task. `Core` is a FutureCore.
template <class Core, class T>
class WithResult : public Core {
  public:
    using Core::Core;
    /// Throws InvalidStateError if it is done.
    void set_result(T value) {
        this->check_pending();
        value_.emplace(std::move(value));
        this->settle(FutureCore::State::finished);
    }
    /// Throws what check() throws.
    const T& result() const {
        this->check();
        return *value_;
    }
    /// The same for one that nobody else will ask.
    T take_result() {
        this->check();
        return std::move(*value_);
    }

  private:
    std::optional<T> value_;
};

template <class Core>
class WithResult<Core, void> : public Core {
  public:
    using Core::Core;
    void set_result() {
        this->check_pending();
        this->settle(FutureCore::State::finished);
    }
    void result() const { this->check(); }
    void take_result() const { this->check(); }
};

template <class T>
using FutureState = WithResult<FutureCore, T>;

/// Suspends the running task until a future is done (`Future.__await__`, Lib/asyncio/futures.py). A done one
/// does not suspend.
class FutureAwaiter {
  public:
    FutureAwaiter(FutureCore& future, Here here) : future_(&future), here_(here) {}

    [[nodiscard]] bool await_ready() const { return future_->done() || future_->awaited_itself(); }
    void await_suspend(std::coroutine_handle<> leaf);
    /// Throws CancelledError if the task was cancelled meanwhile, RuntimeError if the future cannot be
    /// awaited.
    void resume();

  protected:
    Ref<FutureCore> future_;

  private:
    Here here_;
    bool suspended_ = false;
    bool awaits_itself_ = false;
};

/// Anything that is a future to those who wait for it: Future and Task.
template <class T>
concept FutureLike = requires(const T& future) {
    { future.core() } -> std::convertible_to<FutureCore&>;
    future.result();
};

/// What awaiting it gives.
template <FutureLike T>
using ResultOf = std::remove_cvref_t<decltype(std::declval<const T&>().result())>;

/// Whether it is a Coro.
template <class T>
inline constexpr bool is_coroutine = false;
template <class T>
inline constexpr bool is_coroutine<Coro<T>> = true;

/// Anything that can be awaited.
template <class T>
concept Awaitable = FutureLike<std::remove_cvref_t<T>> || CoroutineLike<std::remove_cvref_t<T>> ||
    is_coroutine<std::remove_cvref_t<T>>;

/// A callback that a future calls when it is done, for remove_done_callback.
using DoneCallback = Ref<loop::Runnable>;

template <FutureLike Awaited, class Function>
DoneCallback add_done_callback(const Awaited& future, Function function, const CallOptions& options);

/// A handle on a future or a task, copied freely: what both have in common. `Self` is the handle, `State`
/// what it is a handle on, and `T` its result. Awaiting it gives that, or throws what it ended with.
template <class Self, class State, class T>
class FutureHandle {
  public:
    explicit FutureHandle(Ref<State> state) : state_(std::move(state)) {}

    [[nodiscard]] bool done() const { return state_->done(); }
    [[nodiscard]] bool cancelled() const { return state_->cancelled(); }
    /// Throws what it ended with; InvalidStateError if it is not done.
    decltype(auto) result() const { return state_->result(); }
    /// The exception that it ended with; null: none. Throws InvalidStateError if it is not done,
    /// CancelledError if it was cancelled.
    [[nodiscard]] std::exception_ptr exception() const {
        if (!done() || cancelled()) state_->check();
        return state_->exception();
    }
    /// Gives false if it is done. For a task see TaskCore::request_cancel.
    bool cancel(Here here = Here(__builtin_LINE())) const { return state_->cancel(here); }
    /// `function` is called with this handle, or with nothing, in the iteration after it is done; see
    /// call_soon.
    template <class Function>
    DoneCallback add_done_callback(Function function, const CallOptions& options = {}) const {
        return task::add_done_callback(static_cast<const Self&>(*this), std::move(function), options);
    }
    /// It will not be called. Gives whether it was registered: not so any more once this is done.
    bool remove_done_callback(const DoneCallback& callback) const {
        return state_->remove_done_callback(*callback);
    }
    [[nodiscard]] State& core() const { return *state_; }

    struct Awaiter : FutureAwaiter {
        using FutureAwaiter::FutureAwaiter;
        T await_resume() {
            resume();
            return static_cast<State&>(*future_).result();
        }
    };
    /// Its awaiter, for a `co_await` on that line.
    [[nodiscard]] Awaiter await_at(Here here) const { return {*state_, here}; }
    Awaiter operator co_await() const { return await_at({}); }

  private:
    Ref<State> state_;
};

/// What `asyncio.Future` is (Lib/asyncio/futures.py).
template <class T = void>
class Future : public FutureHandle<Future<T>, FutureState<T>, T> {
  public:
    using FutureHandle<Future, FutureState<T>, T>::FutureHandle;

    /// Throws InvalidStateError if it is done; so does set_exception().
    template <class... Value>
    void set_result(Value&&... value) const {
        this->core().set_result(std::forward<Value>(value)...);
    }
    void set_exception(std::exception_ptr error) const { this->core().set_exception(std::move(error)); }
    template <std::derived_from<BaseException> Error>
    void set_exception(Error error) const {
        set_exception(std::make_exception_ptr(std::move(error)));
    }
};

template <FutureLike Awaited, class Function>
DoneCallback add_done_callback(const Awaited& future, Function function, const CallOptions& options) {
    FutureCore& core = future.core();
    if constexpr (std::is_invocable_v<Function&, const Awaited&>) {
        auto call = [future, function = std::move(function)]() mutable { function(future); };
        DoneCallback callback(new FunctionCall(core.loop(), std::move(call), options));
        core.add_done_callback(*callback);
        return callback;
    } else {
        DoneCallback callback(new FunctionCall(core.loop(), std::move(function), options));
        core.add_done_callback(*callback);
        return callback;
    }
}

/// A pending future of the running loop (`loop.create_future`, Lib/asyncio/base_events.py).
template <class T = void>
Future<T> create_future() {
    return Future<T>(Ref(new FutureState<T>(*loop::EventLoop::running())));
}

}  // namespace loopscope::task
