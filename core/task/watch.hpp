// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <unordered_set>
#include <vector>

#include "core/task/callbacks.hpp"
#include "core/task/future.hpp"

namespace loopscope::task {

/// Several futures and a deadline: the common part of asyncio's `wait` and `as_completed`. Is called once
/// each future is done, and when the time is up; the futures' callbacks and the timer own it.
class Watch : public loop::Runnable, public Pooled {
  public:
    /// Starts the timer, which calls time_is_up() after `timeout` unless it is stopped. REQUIRES: it was not
    /// started before.
    void start_timer(Duration timeout);
    /// Stops the timer, if it was started.
    void stop_timer();

    void run(loop::EventLoop&) final { time_is_up(); }
    [[nodiscard]] trace::Callback callback() const final { return trace::Callback::wait; }
    [[nodiscard]] TaskId serves() const final { return task_; }

  protected:
    /// Makes a watch that serves the running task, if there is one. REQUIRES: `loop` is running.
    explicit Watch(loop::EventLoop& loop) : loop_(loop), task_(loop.scope().task) {}

    /// Has one_done(place) called once a future is done.
    DoneCallback watch(FutureCore& future, std::size_t index);

    /// Called when the future that was watched under index `place` is done.
    virtual void one_done(std::size_t index) = 0;
    /// Called when the time is up.
    virtual void time_is_up() = 0;

  private:
    class OneDone;

    loop::EventLoop& loop_;
    TaskId task_;
    std::optional<std::uint32_t> timer_;  // the slot of a timer that was started
};

/// Futures and their states, each of them once, in the order in which they were given.
template <FutureLike Awaited>
struct Distinct {
    explicit Distinct(const std::vector<Awaited>& given) {
        std::unordered_set<const FutureCore*> seen;
        for (const Awaited& future : given) {
            if (!seen.insert(&future.core()).second) continue;
            cores.emplace_back(&future.core());
            futures.push_back(future);
        }
    }

    std::vector<Awaited> futures;
    std::vector<Ref<FutureCore>> cores;
};

}  // namespace loopscope::task
