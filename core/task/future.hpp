#pragma once

#include <concepts>
#include <exception>
#include <optional>
#include <type_traits>

#include "core/base/here.hpp"
#include "core/base/pool.hpp"
#include "core/loop/event_loop.hpp"
#include "core/task/callbacks.hpp"
#include "core/task/exceptions.hpp"

namespace loopscope::task {

class TaskCore;

/// Something that a task waits for and that cancelling the task cancels first.
class Cancellable {
  public:
    /// Gives false if it is done already.
    virtual bool cancel(Here here) = 0;

  protected:
    ~Cancellable() = default;
};

/// A promise of a result: what `asyncio.Future` is, without its result (Lib/asyncio/futures.py).
///
/// | state     | cancel()          | set_result, set_exception | callbacks                   |
/// |-----------|-------------------|---------------------------|-----------------------------|
/// | pending   | → cancelled, true | → finished                | kept, in order              |
/// | finished  | false             | InvalidStateError         | ready at once, when added   |
/// | cancelled | false             | InvalidStateError         | ready at once, when added   |
///
/// The state changes at once; what waits for it becomes ready then, in the order of registration, and runs in
/// the next iteration.
class FutureCore : public Cancellable, public Pooled {
  public:
    enum class State : std::uint8_t { pending, finished, cancelled };

    /// `wait_kind` is what a task waits for that waits for this, for the trace.
    explicit FutureCore(loop::EventLoop& loop, trace::Wait wait_kind = trace::Wait::future)
        : loop_(loop), wait_kind_(wait_kind) {}
    FutureCore(const FutureCore&) = delete;
    FutureCore& operator=(const FutureCore&) = delete;

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool done() const { return state_ != State::pending; }
    [[nodiscard]] bool cancelled() const { return state_ == State::cancelled; }
    /// The exception that it finished with, or null. REQUIRES: done() and not cancelled().
    [[nodiscard]] const std::exception_ptr& exception() const { return error_; }
    /// What check() throws; null: nothing. REQUIRES: done().
    [[nodiscard]] std::exception_ptr error_to_throw() const {
        return cancelled() ? std::make_exception_ptr(CancelledError()) : error_;
    }
    [[nodiscard]] loop::EventLoop& loop() const { return loop_; }

    bool cancel(Here here = Here(__builtin_LINE())) override;
    void set_exception(std::exception_ptr error);

    /// Throws what a failed or cancelled future throws; InvalidStateError if it is pending.
    void check() const;

    /// `target` becomes ready when this is done: now, if it is. Retains it.
    void add_done_callback(loop::Runnable& target);
    /// `target` will not be called. Gives whether it was registered.
    bool remove_done_callback(loop::Runnable& target);
    /// The task's step becomes ready when this is done. REQUIRES: not done().
    void add_waiter(TaskCore& task);

    /// A task that awaited itself cannot be awaited any more, by anybody, until it is done: so it is with
    /// CPython's own Future, whose mark "is being awaited" (`fut_blocking`, Modules/_asynciomodule.c) nobody
    /// takes back then.
    [[nodiscard]] bool awaited_itself() const { return awaited_itself_; }
    void note_self_await() { awaited_itself_ = true; }

    /// What a task waits for that waits for this, for the trace.
    [[nodiscard]] trace::Wait wait_kind() const { return wait_kind_; }
    /// Its number there.
    [[nodiscard]] virtual std::uint32_t trace_number();

    void retain() { ++refs_; }
    void release() {
        if (--refs_ == 0) delete this;
    }

  protected:
    virtual ~FutureCore() {
        if (callbacks_.watched()) loop_.unwatch(callbacks_);
    }
    /// The state is `finished` from here on: everything that waits becomes ready.
    void finish() { settle(State::finished); }
    void settle(State state);

  private:
    void schedule(loop::Handle handle);

    loop::EventLoop& loop_;
    std::uint32_t refs_ = 0;
    State state_ = State::pending;
    trace::Wait wait_kind_;
    bool awaited_itself_ = false;
    ObjectId object_;
    std::exception_ptr error_;
    loop::CallbackList callbacks_;
};

/// A future's result, beside its state.
template <class T>
class FutureState : public FutureCore {
  public:
    using FutureCore::FutureCore;
    void set_result(T value) {
        if (done()) throw InvalidStateError("the future is done");
        value_.emplace(std::move(value));
        finish();
    }
    const T& result() const {
        check();
        return *value_;
    }

  private:
    std::optional<T> value_;
};

template <>
class FutureState<void> : public FutureCore {
  public:
    using FutureCore::FutureCore;
    void set_result() {
        if (done()) throw InvalidStateError("the future is done");
        finish();
    }
    void result() const { check(); }
};

/// Suspends the running task until a future is done. A done one does not suspend.
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

/// A callback that a future calls when it is done, for remove_done_callback.
using DoneCallback = Ref<loop::Runnable>;

template <FutureLike Awaited, class Function>
DoneCallback add_done_callback(const Awaited& future, Function function, const CallOptions& options);

/// A handle on a future, copied freely.
template <class T = void>
class Future {
  public:
    explicit Future(Ref<FutureState<T>> state) : state_(std::move(state)) {}

    [[nodiscard]] bool done() const { return state_->done(); }
    [[nodiscard]] bool cancelled() const { return state_->cancelled(); }
    decltype(auto) result() const { return state_->result(); }
    template <class... Value>
    void set_result(Value&&... value) const {
        state_->set_result(std::forward<Value>(value)...);
    }
    void set_exception(std::exception_ptr error) const { state_->set_exception(std::move(error)); }
    bool cancel(Here here = Here(__builtin_LINE())) const { return state_->cancel(here); }
    /// `function` is called with this future, or with nothing, in the iteration after it is done; see
    /// call_soon.
    template <class Function>
    DoneCallback add_done_callback(Function function, const CallOptions& options = {}) const {
        return task::add_done_callback(*this, std::move(function), options);
    }
    /// It will not be called. Gives whether it was registered: not so any more once the future is done.
    bool remove_done_callback(const DoneCallback& callback) const {
        return state_->remove_done_callback(*callback);
    }
    [[nodiscard]] FutureState<T>& core() const { return *state_; }

    struct Awaiter : FutureAwaiter {
        using FutureAwaiter::FutureAwaiter;
        T await_resume() {
            resume();
            return static_cast<FutureState<T>&>(*future_).result();
        }
    };
    /// Its awaiter, for a `co_await` on that line.
    [[nodiscard]] Awaiter await_at(Here here) const { return {*state_, here}; }
    Awaiter operator co_await() const { return await_at({}); }

  private:
    Ref<FutureState<T>> state_;
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

/// A pending future of the running loop (`loop.create_future`).
template <class T = void>
Future<T> create_future() {
    return Future<T>(Ref(new FutureState<T>(*loop::EventLoop::running())));
}

}  // namespace loopscope::task
