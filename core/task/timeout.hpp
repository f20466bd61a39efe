// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <optional>

#include "core/task/task.hpp"

namespace loopscope::task {

/// When a timeout expires: at a loop time, or a duration after it is entered; never if neither is given.
struct Deadline {
    std::optional<Time> at = {};
    std::optional<Duration> after = {};
};

/// A deadline for a part of a coroutine (Lib/asyncio/timeouts.py). Made by timeout(), which passes it to the
/// body.
///
/// At the deadline the task is cancelled; as that CancelledError leaves the timeout, it becomes a
/// TimeoutError. REQUIRES: a task is running, and the same task enters and leaves the timeout.
class Timeout {
  public:
    /// Enters the timeout. A deadline in the past expires in the next iteration, so the body runs to its
    /// first suspension.
    explicit Timeout(const Deadline& deadline);
    Timeout(const Timeout&) = delete;
    Timeout& operator=(const Timeout&) = delete;

    [[nodiscard]] std::optional<Time> when() const { return when_; }
    /// Moves the deadline; none for never. Throws RuntimeError if the timeout has expired or was left.
    void reschedule(std::optional<Time> when);
    /// Returns whether the deadline has passed while the timeout was active.
    [[nodiscard]] bool expired() const { return state_ == State::expiring || state_ == State::expired; }

    /// Leaves the timeout normally.
    void exit() { settle(false); }
    /// Leaves the timeout with an exception: throws it, or the TimeoutError that it becomes.
    [[noreturn]] void exit(const std::exception_ptr& error);

  private:
    class Expiry;
    enum class State : std::uint8_t { active, expiring, expired, finished };

    /// Ends the timeout. Returns whether the CancelledError with which it is left, if `raised`, was its own.
    bool settle(bool raised);
    void expire();

    TaskCore& task_;
    int cancelling_;  // the task's requests to cancel on entry
    State state_ = State::active;
    std::optional<Time> when_;
    CallHandle handle_;
};

/// Awaits the awaitable that the body returns, within a deadline. Throws TimeoutError.
template <std::invocable<Timeout&> Body>
Coro<AwaitResult<std::invoke_result_t<Body&, Timeout&>>> run_within(Deadline deadline, Body body) {
    Timeout timeout(deadline);
    std::exception_ptr error;
    try {
        if constexpr (std::is_void_v<AwaitResult<std::invoke_result_t<Body&, Timeout&>>>) {
            co_await body(timeout);
            timeout.exit();
            co_return;
        } else {
            auto result = co_await body(timeout);
            timeout.exit();
            co_return std::move(result);
        }
    } catch (...) {
        error = std::current_exception();
    }
    timeout.exit(error);
}

/// Runs `async with asyncio.timeout(delay) as timeout: return await body(timeout)`: throws TimeoutError if
/// that takes longer than the delay; without a delay there is no limit. Takes no hop, and the body runs in
/// the same task.
template <std::invocable<Timeout&> Body>
auto timeout(std::optional<Duration> delay, Body body) {
    return run_within({.after = delay}, std::move(body));
}

/// Runs `async with asyncio.timeout_at(when) as timeout: return await body(timeout)`: throws TimeoutError if
/// that is not done at the loop time `when`; without one there is no limit.
template <std::invocable<Timeout&> Body>
auto timeout_at(std::optional<Time> when, Body body) {
    return run_within({.at = when}, std::move(body));
}

/// Does that for a body that does not look at its timeout: `timeout(1s, [&]() -> Coro<> { … })`.
template <class Body>
requires(std::invocable<Body&> && !std::invocable<Body&, Timeout&>)  //
    auto timeout(std::optional<Duration> delay, Body body) {
    return run_within({.after = delay}, [body = std::move(body)](Timeout&) mutable { return body(); });
}
template <class Body>
requires(std::invocable<Body&> && !std::invocable<Body&, Timeout&>)  //
    auto timeout_at(std::optional<Time> when, Body body) {
    return run_within({.at = when}, [body = std::move(body)](Timeout&) mutable { return body(); });
}

/// Returns a body for timeout() that ignores the timeout and awaits what is given.
template <FutureLike Awaited>
auto body_of(Awaited future) {
    return [future = std::move(future)](Timeout&) { return future; };
}
template <class T>
auto body_of(Coro<T> coroutine) {
    return [coroutine = std::move(coroutine)](Timeout&) mutable { return std::move(coroutine); };
}
template <CoroutineLike Awaited>
auto body_of(const Awaited& awaited) {
    return body_of(awaited.to_coroutine());
}

/// Awaits an awaitable within a delay: `co_await timeout(1s, fetch())`. Throws TimeoutError.
template <Awaitable Awaited>
auto timeout(std::optional<Duration> delay, Awaited&& awaited) {
    return timeout(delay, body_of(std::forward<Awaited>(awaited)));
}
template <Awaitable Awaited>
/// Awaits an awaitable until the loop time `when`: `co_await timeout_at(when, fetch())`. Throws TimeoutError.
auto timeout_at(std::optional<Time> when, Awaited&& awaited) {
    return timeout_at(when, body_of(std::forward<Awaited>(awaited)));
}

}  // namespace loopscope::task
