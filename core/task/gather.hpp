#pragma once

#include <vector>

#include "core/task/task.hpp"

namespace loopscope::task {

/// Waits for several futures at once (`asyncio.gather`, Lib/asyncio/tasks.py).
///
/// It is done one iteration after its last child; a child that fails, or is cancelled, makes it fail at once, and its siblings run on.
/// With return_exceptions it waits for all and never fails. Cancelling it cancels the children. The same future given twice counts
/// once; none at all: it is done.
///
/// Children that are done already count now, without a hop (since 3.12).
Future<> gather(loop::EventLoop& loop, const std::vector<Ref<FutureCore>>& children, bool return_exceptions = false);

/// Makes tasks of the coroutines, in order, and waits for them.
template <class... T>
Future<> gather(loop::EventLoop& loop, Coro<T>... coroutines) {
    // Braces: tasks are made from left to right.
    const std::vector<Ref<FutureCore>> children{Ref<FutureCore>(&create_task(loop, std::move(coroutines)).core())...};
    return gather(loop, children);
}

/// The same, on the running loop. REQUIRES: a loop is running.
template <class... T>
Future<> gather(Task<T>... tasks) {
    return gather(*loop::EventLoop::running(), {Ref<FutureCore>(&tasks.core())...});
}

/// Makes tasks of the coroutines, in order, and waits for them.
Future<> gather(loop::EventLoop& loop, std::vector<Coro<>> coroutines, Here here = __builtin_LINE());

}  // namespace loopscope::task
