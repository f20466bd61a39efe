#pragma once

#include <tuple>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "core/task/ensure_future.hpp"

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

/// What stands for that one's. REQUIRES: it is done.
template <FutureLike Awaited>
GatheredResult<ResultOf<Awaited>> gathered_result(const Awaited& future) {
    if constexpr (std::is_void_v<ResultOf<Awaited>>)
        return std::monostate();
    else
        return future.result();
}

/// gather() of what is a future or task each.
template <FutureLike... Awaited>
auto gather_futures(loop::EventLoop& loop, const Awaited&... futures) {
    std::vector<Ref<FutureCore>> children{Ref<FutureCore>(&futures.core())...};
    if constexpr ((std::is_void_v<ResultOf<Awaited>> && ...))
        return gather(loop, children);
    else
        return gather_into(loop, std::move(children), false,
                           [futures...] { return std::tuple(gathered_result(futures)...); });
}

/// Waits for whatever can be awaited, and gives a tuple of the results (std::monostate for none); nothing if
/// none of them has one. Those that are no futures are made into tasks, in order.
template <Awaitable... Awaited>
auto gather(loop::EventLoop& loop, Awaited&&... awaited) {
    // Braces: tasks are made from left to right.
    const std::tuple<EnsuredFuture<Awaited>...> futures{
        ensure_future(loop, std::forward<Awaited>(awaited))...};
    return std::apply([&](const auto&... each) { return gather_futures(loop, each...); }, futures);
}

/// The same, on the running loop. REQUIRES: a loop is running.
template <Awaitable... Awaited>
auto gather(Awaited&&... awaited) {
    return gather(*loop::EventLoop::running(), std::forward<Awaited>(awaited)...);
}

/// Futures or tasks without their types.
template <FutureLike Awaited>
std::vector<Ref<FutureCore>> cores_of(const std::vector<Awaited>& futures) {
    std::vector<Ref<FutureCore>> cores;
    cores.reserve(futures.size());
    for (const Awaited& future : futures) cores.emplace_back(&future.core());
    return cores;
}

/// Waits for any number of futures or tasks and gives their results, in the order given; nothing if they have
/// none.
template <FutureLike Awaited>
auto gather(loop::EventLoop& loop, const std::vector<Awaited>& futures) {
    if constexpr (std::is_void_v<ResultOf<Awaited>>) {
        return gather(loop, cores_of(futures));
    } else {
        return gather_into(loop, cores_of(futures), false, [futures] {
            std::vector<ResultOf<Awaited>> results;
            for (const Awaited& future : futures) results.push_back(future.result());
            return results;
        });
    }
}
/// Makes tasks of the coroutines, in order, and waits for them.
template <class T>
auto gather(loop::EventLoop& loop, std::vector<Coro<T>> coroutines, Here here = Here(__builtin_LINE())) {
    return gather(loop, create_tasks(loop, std::move(coroutines), here));
}

/// The same two, on the running loop. REQUIRES: a loop is running.
template <FutureLike Awaited>
auto gather(const std::vector<Awaited>& futures) {
    return gather(*loop::EventLoop::running(), futures);
}
template <class T>
auto gather(std::vector<Coro<T>> coroutines, Here here = Here(__builtin_LINE())) {
    return gather(*loop::EventLoop::running(), std::move(coroutines), here);
}

/// `gather(…, return_exceptions=True)`: gives how each ended. REQUIRES: a loop is running.
template <FutureLike Awaited>
Future<std::vector<Settled<ResultOf<Awaited>>>> gather_settled(const std::vector<Awaited>& futures) {
    return gather_into(*loop::EventLoop::running(), cores_of(futures), true, [futures] {
        std::vector<Settled<ResultOf<Awaited>>> results;
        for (const Awaited& future : futures) {
            if (const std::exception_ptr error = future.core().error_to_throw())
                results.push_back(tl::unexpected(error));
            else if constexpr (std::is_void_v<ResultOf<Awaited>>)
                results.emplace_back();
            else
                results.emplace_back(future.result());
        }
        return results;
    });
}

}  // namespace loopscope::task
