// SPDX-License-Identifier: MIT
#pragma once

#include "core/task/callbacks.hpp"
#include "core/task/timeout.hpp"

namespace loopscope::task {

/// Cancels a future and waits until it is done (Lib/asyncio/tasks.py, `_cancel_and_wait`).
Coro<> cancel_and_wait(Ref<FutureCore> future, SourceLine here);

/// Returns the result of a future, which `take` returns or throws. Throws TimeoutError if the future was
/// cancelled because it was not done in time.
template <class Take>
std::invoke_result_t<const Take&> take_result_of(const Take& take, bool in_time) {
    try {
        return take();
    } catch (const CancelledError&) {
        if (in_time) throw;
        throw TimeoutError();
    }
}

/// Cancels a future that is not done, waits for it, and returns its result, which `take` returns or throws.
/// Throws TimeoutError if the future was cancelled.
template <class Take>
Coro<std::invoke_result_t<const Take&>> give_up(Ref<FutureCore> future, Take take, SourceLine here) {
    if (future->done()) co_return take();
    co_await cancel_and_wait(future, here);
    co_return take_result_of(take, false);
}

/// Waits for an awaitable with a delay of 0 or less: returns its result if it is done, and otherwise cancels
/// it, waits for it, and throws TimeoutError.
template <FutureLike Awaited>
Coro<ResultOf<Awaited>> give_up(Awaited awaited, SourceLine here) {
    return give_up(
        Ref<FutureCore>(&awaited.core()), [awaited]() -> ResultOf<Awaited> { return awaited.result(); },
        here);
}
template <class T>
Coro<T> give_up(Coro<T> coroutine, SourceLine here) {
    const Task<T> task = create_task(std::move(coroutine), {}, here);
    // A named variable, because GCC 12 copies temporaries of a co_await expression bit by bit where they are
    // closures.
    auto take = [task] { return task.core().take_result(); };
    co_return co_await give_up(Ref<FutureCore>(&task.core()), std::move(take), here);
}
template <CoroutineLike Awaited>
auto give_up(const Awaited& awaited, SourceLine here) {
    return give_up(awaited.to_coroutine(), here);
}

class ReleaseWaiter;

/// The wait of a `wait_for` before 3.12, which is not the future's own: the future's callback ends it, or a
/// timer, which runs for as long as the object lives.
class WaitApart {
  public:
    /// Starts the timer. REQUIRES: a task is running.
    explicit WaitApart(Duration delay);
    WaitApart(const WaitApart&) = delete;
    WaitApart& operator=(const WaitApart&) = delete;
    ~WaitApart();

    /// Waits until a future is done, or the time is up; then cancels it and waits for it. Returns whether it
    /// was done in time. A task that is cancelled meanwhile cancels the future as well, and throws
    /// CancelledError, unless the future is done.
    Coro<bool> wait(Ref<FutureCore> future, SourceLine here);

  private:
    Ref<ReleaseWaiter> expiry_;
    CallHandle timer_;
};

/// Waits for an awaitable as asyncio did before 3.12: what is no future runs in a task of its own.
template <FutureLike Awaited>
Coro<ResultOf<Awaited>> wait_apart(Awaited awaited, Duration delay, SourceLine here) {
    WaitApart apart(delay);
    const bool in_time = co_await apart.wait(Ref<FutureCore>(&awaited.core()), here);
    co_return take_result_of([&awaited]() -> ResultOf<Awaited> { return awaited.result(); }, in_time);
}
template <class T>
Coro<T> wait_apart(Coro<T> coroutine, Duration delay, SourceLine here) {
    WaitApart apart(delay);
    const Task<T> task = create_task(loop::EventLoop::get_running(), std::move(coroutine), {}, here);
    const bool in_time = co_await apart.wait(Ref<FutureCore>(&task.core()), here);
    co_return take_result_of([&task]() -> T { return task.core().take_result(); }, in_time);
}

/// Decides how to wait for an awaitable once that begins, by the loop in which it does.
template <class Awaited>
Coro<AwaitResult<Awaited>> wait_by_version(Awaited awaited, Duration delay, SourceLine here) {
    if (loop::EventLoop::get_running().asyncio().wait_for_runs_in_place())
        co_return co_await timeout(delay, std::move(awaited));
    co_return co_await wait_apart(std::move(awaited), delay, here);
}
template <CoroutineLike Awaited>
auto wait_by_version(const Awaited& awaited, Duration delay, SourceLine here) {
    return wait_by_version(awaited.to_coroutine(), delay, here);
}

/// Waits for an awaitable, but not longer than a delay; then cancels it and throws TimeoutError
/// (`asyncio.wait_for`, Lib/asyncio/tasks.py). Without a delay there is no limit.
///
/// Since 3.12 this is a timeout around an await: a coroutine runs in this very task, with no hop. Before, it
/// ran in a task of its own. With a delay of 0 or less, what is not done yet is cancelled at once and waited
/// for; a coroutine then never runs, unless the loop has eager tasks.
template <Awaitable Awaited>
auto wait_for(Awaited&& awaited, std::optional<Duration> delay,
              SourceLine here = SourceLine(__builtin_LINE())) {
    if (delay && *delay <= Duration::zero()) return give_up(std::forward<Awaited>(awaited), here);
    const loop::EventLoop* const loop = loop::EventLoop::running();
    if (!delay || (loop && loop->asyncio().wait_for_runs_in_place())) [[likely]]
        return timeout(delay, std::forward<Awaited>(awaited));
    return wait_by_version(std::forward<Awaited>(awaited), *delay, here);
}

}  // namespace loopscope::task
