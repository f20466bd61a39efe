// SPDX-License-Identifier: MIT
#pragma once

#include <iterator>
#include <memory>
#include <optional>
#include <vector>

#include "core/task/ensure_future.hpp"
#include "core/task/sync/queue.hpp"
#include "core/task/watch.hpp"

namespace loopscope::task {

/// The part of as_completed that does not depend on the futures' types.
class Completions final : public Watch {
  public:
    /// Registers with all futures and starts the timer. REQUIRES: the futures are distinct, and a loop is
    /// running.
    static Ref<Completions> begin(const std::vector<Ref<FutureCore>>& futures,
                                  std::optional<Duration> timeout);

    /// Waits for the next future that is done and returns its index; none after it has returned as many as
    /// there are futures. Throws TimeoutError once for each that was not done in time.
    static Coro<std::optional<std::size_t>> next(Ref<Completions> completions, SourceLine here);

    /// Returns whether there is one more turn, and counts it.
    [[nodiscard]] bool take_turn() { return left_ > 0 && left_-- > 0; }
    /// Waits for the next future that is done and returns its index; for a turn that was taken. Throws
    /// TimeoutError if it was not done in time.
    static Coro<std::size_t> turn(Ref<Completions> completions, SourceLine here);

  protected:
    void one_done(std::size_t index) override;
    void time_is_up() override;

  private:
    explicit Completions(loop::EventLoop& loop) : Watch(loop) {}

    /// A future whose callback has not run.
    struct Pending {
        Ref<FutureCore> future;
        loop::Runnable* callback = nullptr;  // not owned: the callback owns this Completions
    };

    std::vector<Pending> futures_;  // by index; empty where the callback has run
    std::size_t pending_ = 0;       // how many callbacks have not run
    std::size_t left_ = 0;          // how often next() will return an index or throw
    using Indices = Queue<std::optional<std::size_t>>;
    Indices done_ = Indices::silent();  // indices of futures that are done; none: one timed out
};

/// Futures or tasks in the order in which they are done. A handle: copies share their progress.
template <FutureLike Awaited>
class AsCompleted {
  public:
    AsCompleted(const std::vector<Awaited>& futures, std::optional<Duration> timeout)
        : AsCompleted(Distinct<Awaited>(futures), timeout) {}

    /// One turn after the other, each a coroutine that waits for the next future that is done, and returns
    /// its result or throws what it ended with.
    class Iterator {
      public:
        explicit Iterator(const AsCompleted& completed) : completed_(&completed) { ++*this; }

        Coro<ResultOf<Awaited>> operator*() const {
            return result(completed_->completions_, completed_->futures_, {});
        }
        Iterator& operator++() {
            more_ = completed_->completions_->take_turn();
            return *this;
        }
        friend bool operator==(const Iterator& iterator, std::default_sentinel_t /*end*/) {
            return !iterator.more_;
        }

      private:
        const AsCompleted* completed_;
        bool more_ = false;
    };
    /// A plain loop: `for (Coro<int> next : as_completed(tasks)) use(co_await std::move(next));`
    [[nodiscard]] Iterator begin() const { return Iterator(*this); }
    [[nodiscard]] std::default_sentinel_t end() const { return {}; }

    /// `co_await completed.next()` waits for the next future that is done and returns it; none once all have
    /// been returned (`__anext__`). Throws TimeoutError once for each future that was not done in time.
    Coro<std::optional<Awaited>> next(SourceLine here = SourceLine(__builtin_LINE())) const {
        return next(completions_, futures_, here);
    }

  private:
    using Futures = std::shared_ptr<const std::vector<Awaited>>;

    AsCompleted(Distinct<Awaited> distinct, std::optional<Duration> timeout)
        : futures_(std::make_shared<const std::vector<Awaited>>(std::move(distinct.futures))),
          completions_(Completions::begin(distinct.cores, timeout)) {}

    // A coroutine that owns what it needs for as long as it runs.
    static Coro<std::optional<Awaited>> next(Ref<Completions> completions, Futures futures, SourceLine here) {
        const std::optional<std::size_t> index = co_await Completions::next(completions, here);
        if (!index) co_return std::nullopt;
        co_return (*futures)[*index];
    }

    static Coro<ResultOf<Awaited>> result(Ref<Completions> completions, Futures futures, SourceLine here) {
        const std::size_t index = co_await Completions::turn(completions, here);
        co_return (*futures)[index].result();
    }

    Futures futures_;
    Ref<Completions> completions_;
};

/// Returns futures or tasks one after another, as they are done (`asyncio.as_completed` as an asynchronous
/// iterator, Lib/asyncio/tasks.py, 3.13):
///
///     AsCompleted completed = as_completed(tasks);
///     while (const std::optional<Task<int>> task = co_await completed.next()) …     // async for task in …
///
/// A future that is given twice counts once. A timeout cancels nothing. Futures that are done at the call
/// come in the order in which they were given, unless a schedule takes another one. (asyncio puts them into a
/// set first, so there they come in any order.) Futures that are never done keep what waits for them until
/// the loop ends. REQUIRES: a loop is running.
template <FutureLike Awaited>
AsCompleted<Awaited> as_completed(const std::vector<Awaited>& futures, std::optional<Duration> timeout = {}) {
    return {futures, timeout};
}
/// Makes tasks of coroutines, in order, and returns them one after another, as they are done. REQUIRES: a
/// loop is running.
template <class T>
AsCompleted<Task<T>> as_completed(std::vector<Coro<T>> coroutines, std::optional<Duration> timeout = {},
                                  SourceLine here = SourceLine(__builtin_LINE())) {
    return as_completed(create_tasks(loop::EventLoop::get_running(), std::move(coroutines), here), timeout);
}

}  // namespace loopscope::task
