#pragma once

#include <concepts>
#include <optional>

#include "core/task/task.hpp"

namespace loopscope::task {

/// When a timeout is to come: at a time, or so long after it is entered; or never.
struct Deadline {
    std::optional<Time> at = {};
    std::optional<Duration> after = {};
};

/// A deadline for a stretch of a coroutine (Lib/asyncio/timeouts.py). Made by timeout(), which hands it to
/// the body.
///
/// When the deadline comes it cancels the task; on the way out that CancelledError becomes a TimeoutError.
/// REQUIRES: a task is running, and enters and leaves it.
class Timeout {
  public:
    /// Enters. A deadline that is past comes in the next iteration, so that the body runs to its first
    /// suspension.
    explicit Timeout(const Deadline& deadline);
    Timeout(const Timeout&) = delete;
    Timeout& operator=(const Timeout&) = delete;

    [[nodiscard]] std::optional<Time> when() const { return when_; }
    /// Throws RuntimeError if the deadline has come, or if it was left.
    void reschedule(std::optional<Time> when);
    /// Whether the deadline has come.
    [[nodiscard]] bool expired() const { return state_ == State::expiring || state_ == State::expired; }

    /// Leaves normally.
    void exit() { settle(false); }
    /// Leaves with an exception: throws it, or the TimeoutError that it becomes.
    [[noreturn]] void exit(const std::exception_ptr& error);

  private:
    class Expiry;
    enum class State : std::uint8_t { active, expiring, expired, finished };

    /// Gives whether a CancelledError with which it is left is its own.
    bool settle(bool raised);
    void expire();

    TaskCore& task_;
    int cancelling_;  // requests that were there before
    State state_ = State::active;
    std::optional<Time> when_;
    CallHandle handle_;
};

/// Awaits what the body gives, within a deadline.
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

/// `async with asyncio.timeout(delay) as timeout: return await body(timeout)`: throws TimeoutError if that
/// takes longer than the delay. No delay: as long as it likes. Takes no hop, and the body runs in the same
/// task.
template <std::invocable<Timeout&> Body>
auto timeout(std::optional<Duration> delay, Body body) {
    return run_within({.after = delay}, std::move(body));
}

/// `async with asyncio.timeout_at(when) as timeout: return await body(timeout)`: the same until a loop time.
template <std::invocable<Timeout&> Body>
auto timeout_at(std::optional<Time> when, Body body) {
    return run_within({.at = when}, std::move(body));
}

/// A body that has no use for the timeout: it awaits what is given.
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

/// Both with that: `co_await timeout(1s, fetch())`.
template <Awaitable Awaited>
auto timeout(std::optional<Duration> delay, Awaited&& awaited) {
    return timeout(delay, body_of(std::forward<Awaited>(awaited)));
}
template <Awaitable Awaited>
auto timeout_at(std::optional<Time> when, Awaited&& awaited) {
    return timeout_at(when, body_of(std::forward<Awaited>(awaited)));
}

}  // namespace loopscope::task
