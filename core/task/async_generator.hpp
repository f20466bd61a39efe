// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <optional>
#include <variant>

#include "core/task/task.hpp"

namespace loopscope::task {

/// The part of an asynchronous generator's promise that does not depend on its values.
class GeneratorPromise : public CoroPromise, public loop::LiveGenerator {
  public:
    enum class State : std::uint8_t { created, suspended, running, closed };

    /// Returns the coroutine that closes the generator, which it keeps alive as long as it runs.
    virtual Coro<> to_close() = 0;

    void make_known() {
        known = true;
        if (loop::EventLoop* const loop = loop::EventLoop::running())
            loop->live_generators().add(*this, *loop);
    }

    /// Notes whether an aclose() that began in an iteration and ends now leaves the generator taken.
    void end_close(loop::EventLoop& loop, std::uint32_t began);

    void return_void() { state = State::closed; }
    void unhandled_exception() {
        state = State::closed;
        CoroPromise::unhandled_exception();
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes)
    State state = State::created;
    bool closing = false;
    bool known = false;     // to the loop in which it was first asked for something
    bool is_taken = false;  // for ever, by an aclose() that was cancelled
    std::uint32_t owners = 0;
    std::exception_ptr thrown;  // what the body is to throw where it goes on
                                // NOLINTEND(misc-non-private-member-variables-in-classes)

  protected:
    ~GeneratorPromise() = default;
};

/// A coroutine that yields one value after another: the result of calling an `async def` function with a
/// `yield` in it (PEP 525). With a type `Sent`, a `co_yield` results in what asend() sent, or nothing.
///
///     AsyncGenerator<int> numbers();
///
///     AsyncGenerator<int> generator = numbers();
///     while (const std::optional<int> number = co_await generator.next()) …     // async for number in …
///
/// The body runs in the task that asks for the next value, with no hop. A generator that is destroyed before
/// its body has ended, once it was asked for something, is closed by a task of its own: its `finally` runs
/// two iterations later (BaseEventLoop._asyncgen_finalizer_hook, Lib/asyncio/base_events.py).
template <class T, class Sent = void>
class [[nodiscard]] AsyncGenerator {
  public:
    struct promise_type;
    using Frame = std::coroutine_handle<promise_type>;
    /// What can be sent; std::monostate, if nothing can.
    using Message = std::conditional_t<std::is_void_v<Sent>, std::monostate, Sent>;

    AsyncGenerator(AsyncGenerator&& other) noexcept : frame_(std::exchange(other.frame_, {})) {}
    AsyncGenerator& operator=(AsyncGenerator&& other) noexcept {
        std::swap(frame_, other.frame_);
        return *this;
    }
    ~AsyncGenerator();

    class Next;
    class Sending;
    class Throwing;
    /// `co_await generator.next()` returns the next value; none once the body has ended (`__anext__`). Throws
    /// what the body throws; RuntimeError if another task waits for a value of this generator.
    Next next() { return Next(known()); }
    /// Does what next() does, and the `co_yield` at which the body is suspended results in `message`. Throws
    /// TypeError if the body has not begun.
    Sending asend(Message message) requires(!std::is_void_v<Sent>) {
        return Sending(known(), std::move(message));
    }
    /// Does what next() does, and the `co_yield` at which the body is suspended throws `error`. A body that
    /// has not begun ends, and the error comes out; one that has ended stays as it is.
    Throwing athrow(std::exception_ptr error) { return Throwing(known(), std::move(error)); }
    template <std::derived_from<BaseException> Error>
    Throwing athrow(Error error) {
        return athrow(std::make_exception_ptr(std::move(error)));
    }

    /// Ends the body where it is suspended, by throwing a GeneratorExit into it; a body that has not begun
    /// just ends. Throws what else the body throws; RuntimeError if the body yields once more, or if a task
    /// waits for a value.
    Coro<> aclose() { return begin_closing(known()); }

  private:
    using State = GeneratorPromise::State;

    explicit AsyncGenerator(Frame frame) : frame_(frame) { ++frame_.promise().owners; }
    /// Returns another owner of the generator: who waits for a value is one. From then on the loop that runs
    /// knows the generator (`async_gen_init_hooks`, Objects/genobject.c).
    [[nodiscard]] AsyncGenerator known() const {
        if (!frame_.promise().known) frame_.promise().make_known();
        return AsyncGenerator(frame_);
    }
    static Coro<> close(AsyncGenerator generator);
    /// Returns the coroutine that closes a generator. A task of it that is cancelled before it has begun
    /// throws its CancelledError into the generator (`async_gen_athrow_throw`, Objects/genobject.c).
    static Coro<> begin_closing(AsyncGenerator generator) {
        Coro<> closing = close(std::move(generator));
        closing.set_function(closing_function);
        return closing;
    }

    Frame frame_;
};

template <class T, class Sent>
struct AsyncGenerator<T, Sent>::promise_type final : GeneratorPromise {
    std::optional<T> value;
    std::optional<Message> sent;

    AsyncGenerator get_return_object() { return AsyncGenerator(Frame::from_promise(*this)); }
    Coro<> to_close() override { return begin_closing(AsyncGenerator(Frame::from_promise(*this))); }

    struct Yielded {
        promise_type& promise;

        [[nodiscard]] bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> /*self*/) const noexcept { promise.hand_back(); }
        std::conditional_t<std::is_void_v<Sent>, void, std::optional<Message>> await_resume() const {
            if (promise.thrown) [[unlikely]]
                std::rethrow_exception(std::exchange(promise.thrown, {}));
            if constexpr (!std::is_void_v<Sent>) return std::exchange(promise.sent, {});
        }
    };
    Yielded yield_value(T next) {
        value.emplace(std::move(next));
        state = State::suspended;
        return {*this};
    }
};

/// The awaiter of a generator's next value.
template <class T, class Sent>
class AsyncGenerator<T, Sent>::Next {
  public:
    explicit Next(AsyncGenerator generator) : generator_(std::move(generator)) {}

    [[nodiscard]] bool await_ready() const {
        if (promise().state == State::running)
            throw RuntimeError("another task waits for this generator's next value already");
        if (promise().is_taken) throw RuntimeError("anext(): asynchronous generator is already running");
        return promise().state == State::closed;
    }
    void await_suspend(std::coroutine_handle<> awaiting) const {
        expect_leaf(awaiting);
        promise().state = State::running;
        promise().set_awaiting(awaiting);
        loop::EventLoop::running()->transfer_to(generator_.frame_);
    }
    std::optional<T> await_resume() const {
        loop::EventLoop::running()->rethrow_raised();
        return std::exchange(promise().value, {});
    }

  protected:
    [[nodiscard]] promise_type& promise() const { return generator_.frame_.promise(); }

  private:
    AsyncGenerator generator_;
};

/// The awaiter of a generator's next value, which sends it something.
template <class T, class Sent>
class AsyncGenerator<T, Sent>::Sending : public Next {
  public:
    Sending(AsyncGenerator generator, Message message)
        : Next(std::move(generator)), message_(std::move(message)) {}

    [[nodiscard]] bool await_ready() const {
        if (this->promise().state == State::created)
            throw TypeError("can't send non-None value to a just-started async generator");
        return Next::await_ready();
    }
    void await_suspend(std::coroutine_handle<> awaiting) {
        this->promise().sent.emplace(std::move(message_));
        Next::await_suspend(awaiting);
    }

  private:
    Message message_;
};

/// The awaiter of a generator's next value, which throws something into it.
template <class T, class Sent>
class AsyncGenerator<T, Sent>::Throwing : public Next {
  public:
    Throwing(AsyncGenerator generator, std::exception_ptr error)
        : Next(std::move(generator)), error_(std::move(error)) {}

    [[nodiscard]] bool await_ready() {
        if (this->promise().is_taken || Next::await_ready()) return true;
        if (this->promise().state != State::created) return false;
        this->promise().state = State::closed;
        comes_out_ = true;
        return true;
    }
    void await_suspend(std::coroutine_handle<> awaiting) {
        this->promise().thrown = std::move(error_);
        Next::await_suspend(awaiting);
    }
    std::optional<T> await_resume() const {
        if (comes_out_) std::rethrow_exception(error_);
        return Next::await_resume();
    }

  private:
    std::exception_ptr error_;
    bool comes_out_ = false;  // no body is there to catch it
};

template <class T, class Sent>
Coro<> AsyncGenerator<T, Sent>::close(AsyncGenerator generator) {
    promise_type& promise = generator.frame_.promise();
    loop::EventLoop& loop = *loop::EventLoop::running();
    loop.task_notes().take_begins_cancelled(*loop.current());
    const std::exception_ptr cancelled = loop.take_raised();
    if (promise.state == State::running)
        throw RuntimeError("a generator cannot be closed while a task waits for its next value");
    if (!cancelled) promise.closing = true;
    if (promise.state == State::created) promise.state = State::closed;
    if (promise.state == State::closed) {
        if (cancelled) std::rethrow_exception(cancelled);
        co_return;
    }
    const std::exception_ptr thrown = cancelled ? cancelled : std::make_exception_ptr(GeneratorExit());
    const std::uint32_t began = loop.iteration();
    bool ignores = false;
    try {
        const std::optional<T> yielded = co_await generator.athrow(thrown);
        ignores = yielded.has_value();
        promise.end_close(loop, began);
    } catch (const GeneratorExit&) {
        promise.end_close(loop, began);
    } catch (...) {
        promise.end_close(loop, began);
        throw;
    }
    if (!ignores) co_return;
    promise.state = State::closed;
    throw RuntimeError("async generator ignored GeneratorExit");
}

template <class T, class Sent>
AsyncGenerator<T, Sent>::~AsyncGenerator() {
    if (!frame_) return;
    promise_type& promise = frame_.promise();
    if (--promise.owners > 0) return;
    loop::EventLoop* const loop = promise.loop();
    // Without a loop that knows it, or if it was closed, the generator is destroyed like any coroutine. (One
    // that the loop knows and that has not begun gets a task, too: `_PyGen_Finalize`, Objects/genobject.c.)
    if (promise.state == State::closed || promise.closing || !loop || loop->closing()) {
        frame_.destroy();
        return;
    }
    loop->live_generators().remove(promise);
    call_soon_threadsafe(*loop, [loop, generator = AsyncGenerator(std::exchange(frame_, {}))]() mutable {
        create_task(*loop, begin_closing(std::move(generator)));
    });
}

/// Closes all asynchronous generators that the running loop knows, in the order in which it came to know
/// them; what they throw goes to the exception handler (`loop.shutdown_asyncgens`,
/// Lib/asyncio/base_events.py).
Coro<> shutdown_asyncgens();

}  // namespace loopscope::task
