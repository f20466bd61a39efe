#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/task/ensure_future.hpp"
#include "core/task/sync/queue.hpp"
#include "core/task/watch.hpp"

namespace loopscope::task {

/// as_completed without the futures' types.
class Completions final : public Watch {
  public:
    /// The futures are different ones. REQUIRES: a loop is running.
    static Ref<Completions> begin(const std::vector<Ref<FutureCore>>& futures,
                                  std::optional<Duration> timeout);

    /// The place of the next future that is done; none once there have been as many as there are futures.
    /// Throws TimeoutError.
    static Coro<std::optional<std::size_t>> next(Ref<Completions> completions, Here here);

  protected:
    void one_done(std::size_t place) override;
    void time_is_up() override;

  private:
    explicit Completions(loop::EventLoop& loop) : Watch(loop) {}

    /// A future whose callback has not run.
    struct Pending {
        Ref<FutureCore> future;
        loop::Runnable* callback;  // no owner, because it owns this
    };

    std::vector<Pending> futures_;            // by place; nothing where the callback has run
    std::size_t pending_ = 0;                 // how many have not
    std::size_t left_ = 0;                    // how often next() will give one
    Queue<std::optional<std::size_t>> done_;  // the places of those that are done; none: the time was up
};

/// Futures or tasks in the order in which they are done. A handle: copies share what they give.
template <FutureLike Awaited>
class AsCompleted {
  public:
    AsCompleted(const std::vector<Awaited>& futures, std::optional<Duration> timeout)
        : AsCompleted(Distinct<Awaited>(futures), timeout) {}

    /// `co_await completed.next()` waits for the next one that is done, and gives it; nothing once all have
    /// been given. (`__anext__`.) Throws TimeoutError once for each that was not done in time.
    Coro<std::optional<Awaited>> next(Here here = Here(__builtin_LINE())) const {
        return next(completions_, futures_, here);
    }

  private:
    using Futures = std::shared_ptr<const std::vector<Awaited>>;

    AsCompleted(Distinct<Awaited> distinct, std::optional<Duration> timeout)
        : futures_(std::make_shared<const std::vector<Awaited>>(std::move(distinct.futures))),
          completions_(Completions::begin(distinct.cores, timeout)) {}

    // A coroutine that holds what it needs for as long as it runs.
    static Coro<std::optional<Awaited>> next(Ref<Completions> completions, Futures futures, Here here) {
        const std::optional<std::size_t> place = co_await Completions::next(completions, here);
        if (!place) co_return std::nullopt;
        co_return (*futures)[*place];
    }

    Futures futures_;
    Ref<Completions> completions_;
};

/// Gives futures or tasks one after the other, as they are done (`asyncio.as_completed` as an asynchronous
/// iterator, Lib/asyncio/tasks.py, 3.13):
///
///     AsCompleted completed = as_completed(tasks);
///     while (const std::optional<Task<int>> task = co_await completed.next()) …     // async for task in …
///
/// The same future given twice counts once. Nothing is cancelled when the time is up. Those that are
/// done when it is called come in the order in which they were given. (asyncio puts them into a set first, so
/// there it is any order.) Futures that are never done keep what waits for them until the loop ends.
/// REQUIRES: a loop is running.
template <FutureLike Awaited>
AsCompleted<Awaited> as_completed(const std::vector<Awaited>& futures, std::optional<Duration> timeout = {}) {
    return {futures, timeout};
}
/// Makes tasks of the coroutines first, in order.
template <class T>
AsCompleted<Task<T>> as_completed(std::vector<Coro<T>> coroutines, std::optional<Duration> timeout = {},
                                  Here here = Here(__builtin_LINE())) {
    return as_completed(create_tasks(*loop::EventLoop::running(), std::move(coroutines), here), timeout);
}

}  // namespace loopscope::task
