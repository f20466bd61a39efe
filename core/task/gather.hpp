#pragma once

#include <tuple>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "core/task/task.hpp"

namespace loopscope::task {

/// How one of several tasks ended: a result, or the exception that stands in its place.
template <class T>
using Settled = tl::expected<T, std::exception_ptr>;

/// What all gatherings have in common: it counts children, and fails or ends the future that gather() gave
/// (_GatheringFuture, Lib/asyncio/tasks.py).
class GatherCore {
  public:
    GatherCore(std::vector<Ref<FutureCore>> children, bool return_exceptions);
    GatherCore(const GatherCore&) = delete;
    GatherCore& operator=(const GatherCore&) = delete;

    /// Waits for the children from here on: those that are done count now.
    void begin();
    /// Cancels all children. Gives whether there was one to cancel.
    bool cancel_children(Here here);
    void child_done(const FutureCore& child);

  protected:
    ~GatherCore() = default;
    [[nodiscard]] virtual FutureCore& future() = 0;
    /// All children are done: ends the future with their results.
    virtual void succeed() = 0;

  private:
    std::vector<Ref<FutureCore>> children_;  // as given: one that is given twice is cancelled twice, too
    std::size_t different_ = 0;
    std::size_t finished_ = 0;
    bool return_exceptions_;
    bool cancel_requested_ = false;
};

/// One whose result `collect` makes of the children's.
template <class Collect>
class Gathering final : public FutureState<std::invoke_result_t<Collect&>>, public GatherCore {
  public:
    using Result = std::invoke_result_t<Collect&>;

    Gathering(loop::EventLoop& loop, std::vector<Ref<FutureCore>> children, bool return_exceptions,
              Collect collect)
        : FutureState<Result>(loop, trace::Wait::gather),
          GatherCore(std::move(children), return_exceptions),
          collect_(std::move(collect)) {}

    bool cancel(Here here) override { return !this->done() && cancel_children(here); }

  private:
    [[nodiscard]] FutureCore& future() override { return *this; }
    void succeed() override {
        if constexpr (std::is_void_v<Result>)
            this->set_result();
        else
            this->set_result(collect_());
    }

    Collect collect_;
};

template <class Collect>
auto gather_into(loop::EventLoop& loop, std::vector<Ref<FutureCore>> children, bool return_exceptions,
                 Collect collect) {
    const Ref gathering(
        new Gathering<Collect>(loop, std::move(children), return_exceptions, std::move(collect)));
    gathering->begin();
    return Future<std::invoke_result_t<Collect&>>(
        Ref<FutureState<std::invoke_result_t<Collect&>>>(gathering));
}

/// Waits for several futures at once (`asyncio.gather`, Lib/asyncio/tasks.py).
///
/// It is done one iteration after its last child; a child that fails, or is cancelled, makes it fail at once,
/// and its siblings run on. With return_exceptions it waits for all and never fails. Cancelling it cancels
/// the children. The same future given twice counts once; none at all: it is done.
///
/// Children that are done already count now, without a hop (since 3.12).
Future<> gather(loop::EventLoop& loop, const std::vector<Ref<FutureCore>>& children,
                bool return_exceptions = false);

/// What stands for a child's result among others.
template <class T>
using GatheredResult = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

template <class T>
GatheredResult<T> gathered_result(const Task<T>& task) {
    if constexpr (std::is_void_v<T>)
        return std::monostate();
    else
        return task.result();
}

/// Waits for tasks and gives a tuple of their results (std::monostate for none); nothing if none of them has
/// one.
template <class... T>
auto gather(loop::EventLoop& loop, const Task<T>&... tasks) {
    std::vector<Ref<FutureCore>> children{Ref<FutureCore>(&tasks.core())...};
    if constexpr ((std::is_void_v<T> && ...))
        return gather(loop, children);
    else
        return gather_into(loop, std::move(children), false,
                           [tasks...] { return std::tuple(gathered_result(tasks)...); });
}

/// The same, on the running loop. REQUIRES: a loop is running.
template <class... T>
auto gather(const Task<T>&... tasks) {
    return gather(*loop::EventLoop::running(), tasks...);
}

/// Makes tasks of the coroutines, in order, and waits for them.
template <class... T>
auto gather(loop::EventLoop& loop, Coro<T>... coroutines) {
    // Braces: tasks are made from left to right.
    const std::tuple<Task<T>...> tasks{create_task(loop, std::move(coroutines))...};
    return std::apply([&](const Task<T>&... each) { return gather(loop, each...); }, tasks);
}
template <class... T>
auto gather(Coro<T>... coroutines) {
    return gather(*loop::EventLoop::running(), std::move(coroutines)...);
}

/// Waits for any number of tasks and gives their results, in the order given; nothing if they have none.
/// REQUIRES: a loop is running.
template <class T>
auto gather(const std::vector<Task<T>>& tasks) {
    std::vector<Ref<FutureCore>> children;
    for (const Task<T>& task : tasks) children.emplace_back(&task.core());
    loop::EventLoop& loop = *loop::EventLoop::running();
    if constexpr (std::is_void_v<T>) {
        return gather(loop, children);
    } else {
        return gather_into(loop, std::move(children), false, [tasks] {
            std::vector<T> results;
            for (const Task<T>& task : tasks) results.push_back(task.result());
            return results;
        });
    }
}

/// `gather(…, return_exceptions=True)`: gives how each ended. REQUIRES: a loop is running.
template <class T>
Future<std::vector<Settled<T>>> gather_settled(const std::vector<Task<T>>& tasks) {
    std::vector<Ref<FutureCore>> children;
    for (const Task<T>& task : tasks) children.emplace_back(&task.core());
    return gather_into(*loop::EventLoop::running(), std::move(children), true, [tasks] {
        std::vector<Settled<T>> results;
        for (const Task<T>& task : tasks) {
            if (const std::exception_ptr error = task.core().error_to_throw())
                results.push_back(tl::unexpected(error));
            else if constexpr (std::is_void_v<T>)
                results.emplace_back();
            else
                results.emplace_back(task.result());
        }
        return results;
    });
}

/// Makes tasks of the coroutines, in order, and waits for them.
Future<> gather(loop::EventLoop& loop, std::vector<Coro<>> coroutines, Here here = Here(__builtin_LINE()));

}  // namespace loopscope::task
