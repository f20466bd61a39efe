// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "core/task/ensure_future.hpp"

namespace loopscope::task {

/// The outcome of one of several tasks: a result or an exception.
template <class T>
using Settled = tl::expected<T, std::exception_ptr>;

/// The part of a gathering that does not depend on results: counts the children that are done, and settles
/// the future that gather() returned (_GatheringFuture, Lib/asyncio/tasks.py).
class GatherCore {
  public:
    GatherCore(std::vector<Ref<FutureCore>> children, bool return_exceptions);
    GatherCore(const GatherCore&) = delete;
    GatherCore& operator=(const GatherCore&) = delete;

    /// Begins to wait for the children; those that are done already are counted now.
    void begin();
    /// Cancels all children. Returns whether there was one to cancel.
    bool cancel_children(SourceLine here, std::string_view message);
    /// Counts a child that is done, and settles the future if that decides it.
    void child_done(const FutureCore& child);

  protected:
    ~GatherCore() = default;
    [[nodiscard]] virtual FutureCore& future() = 0;
    /// Settles the future with the children's results. Called once all children are done.
    virtual void succeed() = 0;

  private:
    std::vector<Ref<FutureCore>> children_;  // as given: a child that is given twice is cancelled twice
    std::size_t different_ = 0;              // distinct children
    std::size_t finished_ = 0;
    bool return_exceptions_;
    bool cancel_requested_ = false;
};

/// A gathering whose result `collect` makes of the children's results.
template <class Collect>
class Gathering final : public FutureState<std::invoke_result_t<Collect&>>, public GatherCore {
  public:
    using Result = std::invoke_result_t<Collect&>;

    Gathering(loop::EventLoop& loop, std::vector<Ref<FutureCore>> children, bool return_exceptions,
              Collect collect)
        : FutureState<Result>(loop, trace::Wait::gather),
          GatherCore(std::move(children), return_exceptions),
          collect_(std::move(collect)) {}

    bool cancel(SourceLine here, std::string_view message) override {
        return !this->done() && cancel_children(here, message);
    }

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

/// Returns a future that waits for several futures at once (`asyncio.gather`, Lib/asyncio/tasks.py).
///
/// The future is done one iteration after its last child. A child that fails, or is cancelled, makes it fail
/// at once, while the other children run on. With return_exceptions it waits for all children and never
/// fails. Cancelling it cancels the children. A child that is given twice counts once. Without children it is
/// done at once.
///
/// Children that are done at the call are counted at once, without a hop; before 3.12, an iteration later.
Future<> gather(loop::EventLoop& loop, const std::vector<Ref<FutureCore>>& children,
                bool return_exceptions = false);

/// The type that represents a child's result among others: std::monostate if it has none.
template <class T>
using GatheredResult = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// Returns the value that represents a future's result among others. Throws what result() throws. REQUIRES:
/// the future is done.
template <FutureLike Awaited>
GatheredResult<ResultOf<Awaited>> gathered_result(const Awaited& future) {
    if constexpr (std::is_void_v<ResultOf<Awaited>>)
        return std::monostate();
    else
        return future.result();
}

/// Does what gather() does, for arguments that are all futures or tasks.
template <FutureLike... Awaited>
auto gather_futures(loop::EventLoop& loop, const Awaited&... futures) {
    std::vector<Ref<FutureCore>> children{Ref<FutureCore>(&futures.core())...};
    if constexpr ((std::is_void_v<ResultOf<Awaited>> && ...))
        return gather(loop, children);
    else
        return gather_into(loop, std::move(children), false,
                           [futures...] { return std::tuple(gathered_result(futures)...); });
}

/// Waits for all awaitables and returns a future of a tuple of their results (std::monostate for those
/// without one); of nothing if none has a result. Those that are not futures are made into tasks, in order.
template <Awaitable... Awaited>
auto gather(loop::EventLoop& loop, Awaited&&... awaited) {
    // Braces: tasks are made from left to right.
    const std::tuple<EnsuredFuture<Awaited>...> futures{
        ensure_future(loop, std::forward<Awaited>(awaited))...};
    return std::apply([&](const auto&... each) { return gather_futures(loop, each...); }, futures);
}

/// Does what gather() does, on the running loop. REQUIRES: a loop is running.
template <Awaitable... Awaited>
auto gather(Awaited&&... awaited) {
    return gather(loop::EventLoop::get_running(), std::forward<Awaited>(awaited)...);
}

/// Returns the states of futures or tasks.
template <FutureLike Awaited>
std::vector<Ref<FutureCore>> cores_of(const std::vector<Awaited>& futures) {
    std::vector<Ref<FutureCore>> cores;
    cores.reserve(futures.size());
    for (const Awaited& future : futures) cores.emplace_back(&future.core());
    return cores;
}

/// Waits for any number of futures or tasks and returns a future of their results, in the order given; of
/// nothing if they have none.
template <FutureLike Awaited>
auto gather(loop::EventLoop& loop, const std::vector<Awaited>& futures) {
    if constexpr (std::is_void_v<ResultOf<Awaited>>) {
        return gather(loop, cores_of(futures));
    } else {
        return gather_into(loop, cores_of(futures), false, [futures] {
            std::vector<ResultOf<Awaited>> results;
            results.reserve(futures.size());
            for (const Awaited& future : futures) results.push_back(future.result());
            return results;
        });
    }
}
/// Makes tasks of coroutines, in order, and gathers them.
template <class T>
auto gather(loop::EventLoop& loop, std::vector<Coro<T>> coroutines,
            SourceLine here = SourceLine(__builtin_LINE())) {
    return gather(loop, create_tasks(loop, std::move(coroutines), here));
}

/// Gathers futures or tasks on the running loop. REQUIRES: a loop is running.
template <FutureLike Awaited>
auto gather(const std::vector<Awaited>& futures) {
    return gather(loop::EventLoop::get_running(), futures);
}
template <class T>
/// Makes tasks of coroutines on the running loop, in order, and gathers them. REQUIRES: a loop is running.
auto gather(std::vector<Coro<T>> coroutines, SourceLine here = SourceLine(__builtin_LINE())) {
    return gather(loop::EventLoop::get_running(), std::move(coroutines), here);
}

/// Stands for asyncio's gather(*futures, return_exceptions=True), which returns another type than gather().
template <class Awaited, std::same_as<bool> ReturnExceptions>
void gather(const std::vector<Awaited>& /*futures*/, ReturnExceptions /*return_exceptions*/) {
    static_assert(!std::same_as<ReturnExceptions, bool>,
                  "gather(futures, return_exceptions=True) is written gather_settled(futures)");
}

/// Returns the outcome of a future or task. REQUIRES: it is done.
template <FutureLike Awaited>
Settled<ResultOf<Awaited>> settled(const Awaited& future) {
    if (std::exception_ptr error = future.core().error_to_list()) return tl::unexpected(std::move(error));
    if constexpr (std::is_void_v<ResultOf<Awaited>>)
        return {};
    else
        return future.result();
}

/// Waits for futures or tasks and returns a future of their outcomes, in the order given (`gather(…,
/// return_exceptions=True)`).
template <FutureLike Awaited>
Future<std::vector<Settled<ResultOf<Awaited>>>> gather_settled(loop::EventLoop& loop,
                                                               const std::vector<Awaited>& futures) {
    return gather_into(loop, cores_of(futures), true, [futures] {
        std::vector<Settled<ResultOf<Awaited>>> results;
        results.reserve(futures.size());
        for (const Awaited& future : futures) results.push_back(settled(future));
        return results;
    });
}
/// Does that on the running loop. REQUIRES: a loop is running.
template <FutureLike Awaited>
auto gather_settled(const std::vector<Awaited>& futures) {
    return gather_settled(loop::EventLoop::get_running(), futures);
}
/// Makes tasks of coroutines, in order, and waits for their outcomes. REQUIRES: a loop is running.
template <class T>
auto gather_settled(std::vector<Coro<T>> coroutines, SourceLine here = SourceLine(__builtin_LINE())) {
    return gather_settled(create_tasks(loop::EventLoop::get_running(), std::move(coroutines), here));
}

/// Waits for all futures and returns a future of a tuple of their outcomes.
template <FutureLike... Awaited>
auto gather_settled_futures(loop::EventLoop& loop, const Awaited&... futures) {
    std::vector<Ref<FutureCore>> children{Ref<FutureCore>(&futures.core())...};
    return gather_into(loop, std::move(children), true,
                       [futures...] { return std::tuple(settled(futures)...); });
}
/// Waits for all awaitables, of whatever types, and returns a future of a tuple of their outcomes (`gather(a,
/// b, return_exceptions=True)`). Those that are not futures are made into tasks, in order. REQUIRES: a loop
/// is running.
template <Awaitable... Awaited>
auto gather_settled(Awaited&&... awaited) {
    loop::EventLoop& loop = loop::EventLoop::get_running();
    // Braces: tasks are made from left to right.
    const std::tuple<EnsuredFuture<Awaited>...> futures{
        ensure_future(loop, std::forward<Awaited>(awaited))...};
    return std::apply([&](const auto&... each) { return gather_settled_futures(loop, each...); }, futures);
}

}  // namespace loopscope::task
