#pragma once

#include "core/task/timeout.hpp"

namespace loopscope::task {

/// Cancels a future and waits until it is done (Lib/asyncio/tasks.py, `_cancel_and_wait`).
Coro<> cancel_and_wait(Ref<FutureCore> future, Here here);

/// Cancels what is not done yet and waits for it. Throws TimeoutError if it was cancelled indeed.
template <FutureLike Awaited>
Coro<ResultOf<Awaited>> give_up(Awaited awaited, Here here) {
    if (awaited.done()) co_return awaited.result();
    co_await cancel_and_wait(Ref<FutureCore>(&awaited.core()), here);
    try {
        co_return awaited.result();
    } catch (const CancelledError&) {
        throw TimeoutError();
    }
}
template <class T>
Coro<T> give_up(Coro<T> coroutine, Here here) {
    const Task<T> task = create_task(std::move(coroutine), {}, here);
    co_return co_await give_up(task, here);
}

/// Waits for a future or task, not longer than a delay; after that cancels it and throws TimeoutError
/// (Lib/asyncio/tasks.py). No delay: as long as it takes.
///
/// Since 3.12 this is a timeout around an await: the same task, no hop. With a delay of 0 or less, what is
/// not done yet is cancelled at once and waited for.
template <FutureLike Awaited>
Coro<ResultOf<Awaited>> wait_for(Awaited awaited, std::optional<Duration> delay,
                                 Here here = Here(__builtin_LINE())) {
    if (delay && *delay <= Duration::zero()) return give_up(std::move(awaited), here);
    return timeout(delay, [awaited = std::move(awaited)](Timeout&) { return awaited; });
}

/// The same for a coroutine, which runs in this very task; with a delay of 0 or less, never.
template <class T>
Coro<T> wait_for(Coro<T> coroutine, std::optional<Duration> delay, Here here = Here(__builtin_LINE())) {
    if (delay && *delay <= Duration::zero()) return give_up(std::move(coroutine), here);
    return timeout(delay, std::move(coroutine));
}

}  // namespace loopscope::task
