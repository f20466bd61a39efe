// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/base/pool.hpp"
#include "core/base/source_line.hpp"
#include "core/loop/event_loop.hpp"

namespace loopscope::task {

/// A reference to an awaiter. (GCC 12 would copy an awaiter that await_transform returns by reference.)
template <class Awaiter>
struct BorrowedAwaiter {
    Awaiter& awaiter;

    bool await_ready() const { return awaiter.await_ready(); }
    auto await_suspend(std::coroutine_handle<> leaf) const { return awaiter.await_suspend(leaf); }
    decltype(auto) await_resume() const { return awaiter.await_resume(); }
};

/// The base class of all coroutines' promises: knows the coroutine that awaits.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): of a union one member is initialised
class CoroPromise : public Pooled {
  public:
    struct InitialAwaiter : std::suspend_always {
        void await_resume() const noexcept { loop::EventLoop::running()->begin_body(); }
    };
    /// Stores the name of the coroutine function, which the compiler inserts where the coroutine begins.
    auto initial_suspend(const char* function = __builtin_FUNCTION()) noexcept {
        function_ = function;
        return InitialAwaiter();
    }

    struct FinalAwaiter {
        [[nodiscard]] bool await_ready() const noexcept { return false; }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> self) const noexcept {
            if (self.promise().awaiting_)
                self.promise().hand_back();
            else
                loop::EventLoop::running()->finish_task();
        }
        void await_resume() const noexcept {}
    };
    [[nodiscard]] FinalAwaiter final_suspend() const noexcept { return {}; }

    /// Returns the awaiter of what is awaited, and passes the line of the `co_await` to it if it has
    /// await_at(): an operator co_await has no parameter for the line.
    template <class Awaited>
    decltype(auto) await_transform(Awaited&& awaited,
                                   [[maybe_unused]] SourceLine here = SourceLine(__builtin_LINE())) {
        if constexpr (requires { awaited.await_at(here); })
            return awaited.await_at(here);
        else if constexpr (requires { std::forward<Awaited>(awaited).operator co_await(); })
            return std::forward<Awaited>(awaited).operator co_await();
        else
            return BorrowedAwaiter<std::remove_reference_t<Awaited>>{awaited};
    }

    /// Passes the exception on to the coroutine that awaits, or to the task.
    void unhandled_exception() const { loop::EventLoop::running()->raise(std::current_exception()); }

    /// Returns the name of the coroutine function, for the task that is made of the coroutine. To be called
    /// once, before the coroutine has begun, and only if no coroutine awaits it.
    [[nodiscard]] const char* take_function() {
        const char* const function = function_;
        awaiting_ = nullptr;
        return function;
    }
    void set_function(const char* function) { function_ = function; }
    void set_awaiting(std::coroutine_handle<> awaiting) { awaiting_ = awaiting.address(); }
    /// Has the coroutine that awaits go on. REQUIRES: there is one.
    void hand_back() const noexcept {
        loop::EventLoop::running()->transfer_to(std::coroutine_handle<>::from_address(awaiting_));
    }

  private:
    // NOLINTBEGIN(readability-identifier-naming)
    // A coroutine is made into a task, which needs its name, or is awaited, and then nobody needs it.
    union {
        const char* function_ = "";
        void* awaiting_;  // the address of a coroutine; null: none
    };
    // NOLINTEND(readability-identifier-naming)
};

/// The name of coroutines that close an asynchronous generator, by whose address tasks of them are known.
inline constexpr char closing_function[] = "aclose";

/// A coroutine: the result of calling an `async def` function (PEP 492). It does nothing until it is awaited,
/// which runs it in the same task and the same context with no hop, or made into a task with `create_task`.
template <class T = void>
class [[nodiscard]] Coro {
  public:
    struct promise_type;
    using Frame = std::coroutine_handle<promise_type>;

    Coro(Coro&& other) noexcept : frame_(std::exchange(other.frame_, {})) {}
    Coro& operator=(Coro&& other) noexcept {
        std::swap(frame_, other.frame_);
        return *this;
    }
    ~Coro() {
        if (frame_) frame_.destroy();
    }

    /// Gives the coroutine another name than its function's, for the task that is made of it. To be called
    /// before it has begun.
    void set_function(const char* function) { frame_.promise().set_function(function); }
    /// Returns the frame, which the caller has to destroy. The Coro is empty afterwards.
    Frame release() { return std::exchange(frame_, {}); }

    struct Awaiter {
        Frame frame;

        [[nodiscard]] bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> awaiting) const noexcept {
            frame.promise().set_awaiting(awaiting);
            loop::EventLoop::running()->transfer_to(frame);
        }
        T await_resume() const {
            loop::EventLoop::running()->rethrow_raised();
            return frame.promise().take_result();
        }
    };
    /// Awaits the coroutine in the running task. REQUIRES: a task is running.
    Awaiter operator co_await() && noexcept { return {frame_}; }

    /// The awaiter of a coroutine that is kept in a variable, which is empty from then on.
    struct KeptAwaiter {
        Coro coroutine;

        [[nodiscard]] bool await_ready() const noexcept { return !coroutine.frame_; }
        void await_suspend(std::coroutine_handle<> awaiting) const noexcept {
            Awaiter{coroutine.frame_}.await_suspend(awaiting);
        }
        T await_resume() const {
            if (!coroutine.frame_) throw RuntimeError("cannot reuse already awaited coroutine");
            return Awaiter{coroutine.frame_}.await_resume();
        }
    };
    /// Awaits a coroutine that is kept in a variable. Throws RuntimeError where it was awaited before, or was
    /// made a task of. REQUIRES: a task is running.
    KeptAwaiter operator co_await() & noexcept { return {Coro(release())}; }

  private:
    explicit Coro(Frame frame) : frame_(frame) {}
    Frame frame_;
};

/// An awaitable that a coroutine can be made of: sleep(), an event's wait(), a lock's acquire(). For speed
/// these are not coroutines; where a coroutine is needed, as for create_task, to_coroutine() returns one.
template <class T>
concept CoroutineLike = requires(const T& awaitable) {
    awaitable.to_coroutine();
};

/// The type of the result of awaiting a Coro, Task or Future.
template <class Awaited>
using AwaitResult = decltype(std::declval<Awaited>().operator co_await().await_resume());

template <class T>
struct Coro<T>::promise_type : CoroPromise {
    std::optional<T> result;

    Coro get_return_object() { return Coro(Frame::from_promise(*this)); }
    template <class U>
    void return_value(U&& value) {
        result.emplace(std::forward<U>(value));
    }
    T take_result() { return std::move(*result); }
};

template <>
struct Coro<void>::promise_type : CoroPromise {
    Coro get_return_object() { return Coro(Frame::from_promise(*this)); }
    void return_void() const {}
    void take_result() const {}
};

}  // namespace loopscope::task
