// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <exception>
#include <optional>
#include <type_traits>

#include "core/base/exceptions.hpp"
#include "core/base/source_line.hpp"
#include "core/loop/event_loop.hpp"
#include "core/task/callbacks.hpp"
#include "core/task/coro.hpp"

namespace loopscope::task {

using loop::FutureCore;

/// The state of a future or task together with its result. `Core` is a FutureCore.
template <class Core, class T>
class WithResult : public Core {
  public:
    using Core::Core;
    /// Finishes with a result. Throws InvalidStateError if it is done.
    void set_result(T value) {
        this->check_pending();
        value_.emplace(std::move(value));
        this->settle(FutureCore::State::finished);
    }
    /// Returns the result. Throws what check() throws.
    const T& result() const {
        this->check();
        return *value_;
    }
    /// Moves the result out. Throws what check() throws. REQUIRES: nobody asks for the result afterwards.
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

/// The awaiter of a future: suspends the running task until the future is done (`Future.__await__`,
/// Lib/asyncio/futures.py). A future that is done does not suspend.
class FutureAwaiter {
  public:
    FutureAwaiter(FutureCore& future, SourceLine here) : future_(&future), here_(here) {}

    [[nodiscard]] bool await_ready() const { return future_->done() || future_->awaited_itself(); }
    void await_suspend(std::coroutine_handle<> leaf);
    /// Ends the wait. Throws CancelledError if the task was cancelled meanwhile, RuntimeError if the future
    /// cannot be awaited.
    void resume();

  protected:
    Ref<FutureCore> future_;

  private:
    SourceLine here_;
    bool suspended_ = false;
    bool awaits_itself_ = false;
};

/// A type that is a future to those who wait for it: Future and Task.
template <class T>
concept FutureLike = requires(const T& future) {
    { future.core() } -> std::convertible_to<FutureCore&>;
    future.result();
};

/// The type of a future's or task's result.
template <FutureLike T>
using ResultOf = std::remove_cvref_t<decltype(std::declval<const T&>().result())>;

/// Whether a type is a Coro.
template <class T>
inline constexpr bool is_coroutine = false;
template <class T>
inline constexpr bool is_coroutine<Coro<T>> = true;

/// A type that can be awaited.
template <class T>
concept Awaitable = FutureLike<std::remove_cvref_t<T>> || CoroutineLike<std::remove_cvref_t<T>> ||
    is_coroutine<std::remove_cvref_t<T>>;

/// A callback that a future calls when it is done; needed for remove_done_callback.
using DoneCallback = Ref<loop::Runnable>;

/// Stands for all callbacks that call a function.
class EqualTo final : public loop::Runnable {
  public:
    explicit EqualTo(const void* address) : address_(address) {}

    void run(loop::EventLoop&) override {}
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::user; }
    [[nodiscard]] const void* function() const override { return address_; }

  private:
    const void* address_;
};

template <FutureLike Awaited, class Function>
DoneCallback add_done_callback(const Awaited& future, Function function, const CallOptions& options);

/// Returns the result of a state that has one, or throws what check() throws.
template <class State>
decltype(auto) result_of(const State& state) {
    if constexpr (requires { state.result(); })
        return state.result();
    else
        return state.check();
}

/// A handle on a future or a task, cheap to copy. `Self` is the handle type, `State` what it refers to, and
/// `T` the type of the result. Awaiting it returns the result, or throws what the future or task ended with.
template <class Self, class State, class T>
class FutureHandle {
  public:
    explicit FutureHandle(Ref<State> state) : state_(std::move(state)) {}

    [[nodiscard]] bool done() const { return state_->done(); }
    [[nodiscard]] bool cancelled() const { return state_->cancelled(); }
    /// Returns the result, or throws the exception with which the future or task ended; InvalidStateError if
    /// it is not done.
    decltype(auto) result() const { return result_of(*state_); }
    /// Returns the exception with which the future or task ended; null if it has a result. Throws
    /// InvalidStateError if it is not done, CancelledError if it was cancelled.
    [[nodiscard]] std::exception_ptr exception() const {
        if (!done() || cancelled()) state_->check();
        return state_->exception();
    }
    /// Cancels the future. Returns false if it is done already. `message` is what the CancelledError says.
    /// For a task see TaskCore::request_cancel.
    bool cancel(std::string_view message = {}, SourceLine here = SourceLine(__builtin_LINE())) const {
        return state_->cancel(here, message);
    }
    /// Has `function` called with this handle, or with no argument, in the iteration after the future is
    /// done; see call_soon for the options.
    template <class Function>
    DoneCallback add_done_callback(Function function, const CallOptions& options = {}) const {
        return task::add_done_callback(static_cast<const Self&>(*this), std::move(function), options);
    }
    /// Unregisters a callback, and others that call the same plain function. Returns how many there were; 0
    /// once the future is done.
    std::size_t remove_done_callback(const DoneCallback& callback) const {
        return state_->remove_done_callback(*callback);
    }
    /// Unregisters all callbacks that call a plain function. Returns how many there were; 0 once the future
    /// is done.
    template <class Result, class... Arguments>
    std::size_t remove_done_callback(Result (*function)(Arguments...)) const {
        return state_->remove_done_callback(EqualTo(reinterpret_cast<const void*>(function)));
    }
    [[nodiscard]] State& core() const { return *state_; }
    friend bool operator==(const Self& one, const Self& other) { return &one.core() == &other.core(); }

    struct Awaiter : FutureAwaiter {
        using FutureAwaiter::FutureAwaiter;
        T await_resume() {
            resume();
            return result_of(static_cast<State&>(*future_));
        }
    };
    /// Returns an awaiter for a `co_await` on line `here`.
    [[nodiscard]] Awaiter await_at(SourceLine here) const { return {*state_, here}; }
    Awaiter operator co_await() const { return await_at({}); }

  private:
    Ref<State> state_;
};

/// A handle on a future or task whose result does not matter: for lists of different ones.
class AnyFuture : public FutureHandle<AnyFuture, FutureCore, void> {
  public:
    using FutureHandle::FutureHandle;
    template <FutureLike Other>
    requires(!std::same_as<Other, AnyFuture>)
        // NOLINTNEXTLINE(google-explicit-constructor): a future is one, whatever its result
        AnyFuture(const Other& other)
        : FutureHandle(Ref<FutureCore>(&other.core())) {}
};

/// A handle on a future (`asyncio.Future`, Lib/asyncio/futures.py).
template <class T = void>
class Future : public FutureHandle<Future<T>, FutureState<T>, T> {
  public:
    using FutureHandle<Future, FutureState<T>, T>::FutureHandle;

    /// Finishes the future with a result. Throws InvalidStateError if it is done.
    template <class... Value>
    void set_result(Value&&... value) const {
        this->core().set_result(std::forward<Value>(value)...);
    }
    /// Finishes the future with an exception. Throws InvalidStateError if it is done.
    void set_exception(std::exception_ptr error) const { this->core().set_exception(std::move(error)); }
    template <std::derived_from<BaseException> Error>
    void set_exception(Error error) const {
        set_exception(std::make_exception_ptr(std::move(error)));
    }
};

/// A function that is called with a future, as a function that is called with nothing.
template <class Awaited, class Function>
struct CallWith {
    Awaited future;
    Function function;

    void operator()() { function(future); }
    [[nodiscard]] const void* address() const { return address_of(function); }
};

template <FutureLike Awaited, class Function>
DoneCallback add_done_callback(const Awaited& future, Function function, const CallOptions& options) {
    FutureCore& core = future.core();
    if constexpr (std::is_invocable_v<Function&, const Awaited&>) {
        DoneCallback callback(
            new FunctionCall(core.loop(), CallWith<Awaited, Function>{future, std::move(function)}, options));
        core.add_done_callback(*callback);
        return callback;
    } else {
        DoneCallback callback(new FunctionCall(core.loop(), std::move(function), options));
        core.add_done_callback(*callback);
        return callback;
    }
}

/// Makes a pending future of the running loop (`loop.create_future`, Lib/asyncio/base_events.py). REQUIRES: a
/// loop is running.
template <class T = void>
Future<T> create_future() {
    return Future<T>(Ref(new FutureState<T>(loop::EventLoop::get_running())));
}

}  // namespace loopscope::task
