// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "core/task/task.hpp"
#include "core/task/watch.hpp"

namespace loopscope::task {

/// When wait() is over; at the latest it is when all futures are done.
enum class ReturnWhen : std::uint8_t {
    all_completed,
    first_completed,  ///< when the first is done
    first_exception,  ///< when one has failed
};

/// The result of wait(): futures or tasks, each list in the order in which they were given, unless a schedule
/// takes another one. (asyncio returns sets, whose order is that of addresses.)
template <FutureLike Awaited>
struct Waited {
    std::vector<Awaited> done;
    std::vector<Awaited> pending;
};

/// Does what wait() does, without its result. Throws ValueError if there are no futures. REQUIRES: the
/// futures are distinct, and a task is running.
Coro<> wait_until_done(std::vector<Ref<FutureCore>> futures, ReturnWhen when, std::optional<Duration> timeout,
                       SourceLine here);

/// Waits for all or some futures or tasks, but not longer than a timeout (`asyncio.wait`,
/// Lib/asyncio/tasks.py). Neither a timeout nor a failed future throws, and nothing is cancelled. A future
/// that is given twice counts once. Throws ValueError if there are no futures.
template <FutureLike Awaited>
Coro<Waited<Awaited>> wait(std::vector<Awaited> futures, ReturnWhen when = ReturnWhen::all_completed,
                           std::optional<Duration> timeout = {},
                           SourceLine here = SourceLine(__builtin_LINE())) {
    Distinct<Awaited> distinct(futures);
    co_await wait_until_done(std::move(distinct.cores), when, timeout, here);
    Waited<Awaited> waited;
    for (const Awaited& future : distinct.futures)
        (future.done() ? waited.done : waited.pending).push_back(future);
    loop::EventLoop& loop = loop::EventLoop::get_running();
    loop.order_set(waited.done);
    loop.order_set(waited.pending);
    co_return waited;
}

}  // namespace loopscope::task
