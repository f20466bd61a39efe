#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/base/here.hpp"
#include "core/base/pool.hpp"
#include "core/loop/event_loop.hpp"

namespace loopscope::task {

/// An awaiter that somebody else owns. (GCC 12 copies one that await_transform gives back by reference.)
template <class Awaiter>
struct BorrowedAwaiter {
    Awaiter& awaiter;

    bool await_ready() const { return awaiter.await_ready(); }
    auto await_suspend(std::coroutine_handle<> leaf) const { return awaiter.await_suspend(leaf); }
    decltype(auto) await_resume() const { return awaiter.await_resume(); }
};

/// What all coroutines' promises have: who awaits it.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): of a union one member is initialised
class CoroPromise : public Pooled {
  public:
    struct InitialAwaiter : std::suspend_always {
        void await_resume() const noexcept { loop::EventLoop::running()->begin_body(); }
    };
    /// What the coroutine function is called: found by the compiler where the coroutine begins.
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

    /// Lets what is awaited know the line, if it asks: an operator co_await has no place for it.
    template <class Awaited>
    decltype(auto) await_transform(Awaited&& awaited, [[maybe_unused]] Here here = Here(__builtin_LINE())) {
        if constexpr (requires { awaited.await_at(here); })
            return awaited.await_at(here);
        else if constexpr (requires { std::forward<Awaited>(awaited).operator co_await(); })
            return std::forward<Awaited>(awaited).operator co_await();
        else
            return BorrowedAwaiter<std::remove_reference_t<Awaited>>{awaited};
    }

    void unhandled_exception() const { loop::EventLoop::running()->raise(std::current_exception()); }

    /// The coroutine's name, for the task that is made of it: nobody will await it.
    [[nodiscard]] const char* take_function() {
        const char* const function = function_;
        awaiting_ = nullptr;
        return function;
    }
    void set_awaiting(std::coroutine_handle<> awaiting) { awaiting_ = awaiting.address(); }
    /// Whoever awaits it goes on. REQUIRES: somebody does.
    void hand_back() const noexcept {
        loop::EventLoop::running()->transfer_to(std::coroutine_handle<>::from_address(awaiting_));
    }

  private:
    // A coroutine is made into a task, which wants its name, or awaited, and then nobody does.
    // NOLINTBEGIN(readability-identifier-naming)
    union {
        const char* function_ = "";
        void* awaiting_;  // the address of a coroutine; null: none
    };
    // NOLINTEND(readability-identifier-naming)
};

/// A coroutine: what calling an `async def` function gives (PEP 492). It does nothing until it is awaited,
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

    /// Hands over the frame, and with it the duty to destroy it.
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
    /// REQUIRES: a task is running.
    Awaiter operator co_await() && noexcept { return {frame_}; }

  private:
    explicit Coro(Frame frame) : frame_(frame) {}
    Frame frame_;
};

/// What a coroutine can be made of: sleep(), an event's wait(), a lock's acquire(). For speed these are no
/// coroutines; where asyncio's are wanted as such, as by create_task, to_coroutine() gives one.
template <class T>
concept CoroutineLike = requires(const T& awaitable) {
    awaitable.to_coroutine();
};

/// What awaiting a Coro, Task or Future gives.
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
