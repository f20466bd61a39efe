// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "core/task/task.hpp"

namespace loopscope::task {

/// A coroutine that yields one value after another: the result of calling an `async def` function with a
/// `yield` in it (PEP 525).
///
///     AsyncGenerator<int> numbers();
///
///     AsyncGenerator<int> generator = numbers();
///     while (const std::optional<int> number = co_await generator.next()) …     // async for number in …
///
/// The body runs in the task that asks for the next value, with no hop. A generator that is destroyed before
/// its body has ended is closed by a task of its own: its `finally` runs two iterations later
/// (BaseEventLoop._asyncgen_finalizer_hook, Lib/asyncio/base_events.py).
template <class T>
class [[nodiscard]] AsyncGenerator {
  public:
    struct promise_type;
    using Frame = std::coroutine_handle<promise_type>;

    AsyncGenerator(AsyncGenerator&& other) noexcept : frame_(std::exchange(other.frame_, {})) {}
    AsyncGenerator& operator=(AsyncGenerator&& other) noexcept {
        std::swap(frame_, other.frame_);
        return *this;
    }
    ~AsyncGenerator();

    class Next;
    /// `co_await generator.next()` returns the next value; none once the body has ended (`__anext__`). Throws
    /// what the body throws; RuntimeError if another task waits for a value of this generator.
    Next next() { return Next(frame_); }

    /// Ends the body where it is suspended, by throwing a GeneratorExit into it; a body that has not begun
    /// just ends. Throws what else the body throws; RuntimeError if the body yields once more, or if a task
    /// waits for a value. REQUIRES: the generator outlives the coroutine.
    Coro<> aclose() { return aclose(frame_); }

  private:
    enum class State : std::uint8_t { created, suspended, running, closed };

    explicit AsyncGenerator(Frame frame) : frame_(frame) {}
    static Coro<> aclose(Frame frame);
    static Coro<> aclose(AsyncGenerator generator) { co_await aclose(generator.frame_); }

    Frame frame_;
};

template <class T>
struct AsyncGenerator<T>::promise_type : CoroPromise {
    std::optional<T> value;
    State state = State::created;
    bool closing = false;

    AsyncGenerator get_return_object() { return AsyncGenerator(Frame::from_promise(*this)); }
    void return_void() { state = State::closed; }
    void unhandled_exception() {
        state = State::closed;
        CoroPromise::unhandled_exception();
    }

    struct Yielded {
        promise_type& promise;

        [[nodiscard]] bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> /*self*/) const noexcept { promise.hand_back(); }
        void await_resume() const {
            if (promise.closing) throw GeneratorExit();
        }
    };
    Yielded yield_value(T next) {
        value.emplace(std::move(next));
        state = State::suspended;
        return {*this};
    }
};

/// The awaiter of a generator's next value.
template <class T>
class AsyncGenerator<T>::Next {
  public:
    explicit Next(Frame frame) : frame_(frame) {}

    [[nodiscard]] bool await_ready() const {
        if (promise().state == State::running)
            throw RuntimeError("another task waits for this generator's next value already");
        return promise().state == State::closed;
    }
    void await_suspend(std::coroutine_handle<> awaiting) const {
        expect_leaf(awaiting);
        promise().state = State::running;
        promise().set_awaiting(awaiting);
        loop::EventLoop::running()->transfer_to(frame_);
    }
    std::optional<T> await_resume() const {
        loop::EventLoop::running()->rethrow_raised();
        return std::exchange(promise().value, {});
    }

  private:
    [[nodiscard]] promise_type& promise() const { return frame_.promise(); }

    Frame frame_;
};

template <class T>
Coro<> AsyncGenerator<T>::aclose(Frame frame) {
    promise_type& promise = frame.promise();
    if (promise.state == State::running)
        throw RuntimeError("a generator cannot be closed while a task waits for its next value");
    if (promise.state == State::created) promise.state = State::closed;
    promise.closing = true;
    try {
        if (!co_await Next(frame)) co_return;
        promise.state = State::closed;
        throw RuntimeError("a generator yielded another value while it was being closed");
    } catch (const GeneratorExit&) {  // NOLINT(bugprone-empty-catch): that is what ends it
    }
}

template <class T>
AsyncGenerator<T>::~AsyncGenerator() {
    if (!frame_) return;
    loop::EventLoop* const loop = loop::EventLoop::running();
    const promise_type& promise = frame_.promise();
    // Without a loop, or if it was closed and did not end, the generator is destroyed like any coroutine.
    if (promise.state != State::suspended || promise.closing || !loop || loop->closing()) {
        frame_.destroy();
        return;
    }
    call_soon(*loop, [generator = AsyncGenerator(std::exchange(frame_, {}))]() mutable {
        create_task(aclose(std::move(generator)));
    });
}

}  // namespace loopscope::task
