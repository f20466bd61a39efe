// SPDX-License-Identifier: MIT
#pragma once

#include "core/task/timeout.hpp"

namespace loopscope::task {

/// Cancels a future and waits until it is done (Lib/asyncio/tasks.py, `_cancel_and_wait`).
Coro<> cancel_and_wait(Ref<FutureCore> future, SourceLine here);

/// Cancels a future that is not done, waits for it, and returns its result, which `take` returns or throws.
/// Throws TimeoutError if the future was cancelled.
template <class Take>
Coro<std::invoke_result_t<Take&>> give_up(Ref<FutureCore> future, Take take, SourceLine here) {
    if (future->done()) co_return take();
    co_await cancel_and_wait(future, here);
    try {
        co_return take();
    } catch (const CancelledError&) {
        throw TimeoutError();
    }
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

/// Waits for an awaitable, but not longer than a delay; then cancels it and throws TimeoutError
/// (`asyncio.wait_for`, Lib/asyncio/tasks.py). Without a delay there is no limit.
///
/// Since 3.12 this is a timeout around an await: a coroutine runs in this very task, with no hop. With a
/// delay of 0 or less, what is not done yet is cancelled at once and waited for; a coroutine then never runs,
/// unless the loop has eager tasks.
template <Awaitable Awaited>
auto wait_for(Awaited&& awaited, std::optional<Duration> delay,
              SourceLine here = SourceLine(__builtin_LINE())) {
    if (delay && *delay <= Duration::zero()) return give_up(std::forward<Awaited>(awaited), here);
    return timeout(delay, std::forward<Awaited>(awaited));
}

}  // namespace loopscope::task
