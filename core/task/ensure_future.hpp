// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/task/task.hpp"

namespace loopscope::task {

/// Returns an awaitable as a future or task: a future or task itself; for anything else, a new task
/// (`asyncio.ensure_future`, Lib/asyncio/tasks.py).
template <FutureLike Awaited>
Awaited ensure_future(loop::EventLoop& /*loop*/, Awaited future, SourceLine /*here*/ = {}) {
    return future;
}
template <class T>
Task<T> ensure_future(loop::EventLoop& loop, Coro<T> coroutine, SourceLine here = {}) {
    return create_task(loop, std::move(coroutine), {}, here);
}
template <CoroutineLike Awaited>
auto ensure_future(loop::EventLoop& loop, const Awaited& awaited, SourceLine here = {}) {
    return create_task(loop, awaited.to_coroutine(), {}, here);
}

/// Does what ensure_future does, on the running loop. REQUIRES: a loop is running.
template <Awaitable Awaited>
auto ensure_future(Awaited&& awaited, SourceLine here = SourceLine(__builtin_LINE())) {
    return ensure_future(loop::EventLoop::get_running(), std::forward<Awaited>(awaited), here);
}

/// Makes tasks of coroutines, in order.
template <class T>
std::vector<Task<T>> create_tasks(loop::EventLoop& loop, std::vector<Coro<T>> coroutines, SourceLine here) {
    std::vector<Task<T>> tasks;
    tasks.reserve(coroutines.size());
    for (Coro<T>& each : coroutines) tasks.push_back(create_task(loop, std::move(each), {}, here));
    return tasks;
}

/// The type of future or task that ensure_future makes of an awaitable.
template <Awaitable Awaited>
using EnsuredFuture =
    decltype(ensure_future(std::declval<loop::EventLoop&>(), std::declval<Awaited>(), SourceLine()));

}  // namespace loopscope::task
