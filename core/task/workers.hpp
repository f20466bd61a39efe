// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "core/base/os_thread.hpp"
#include "core/task/executor.hpp"

namespace loopscope::task {

/// A thread of an executor.
struct PoolThread {
    std::unique_ptr<OsThread> os;  ///< null where there are no threads to be had
    loop::TraceThread in_trace;
    context::ContextVars vars;   ///< the thread's own context, which its jobs see one after the other
    Ref<Job> job;                ///< null: it has none
    std::function<void()> body;  ///< what it does for the job
    Time due{0};                 ///< when it goes on
    std::uint64_t order = 0;     ///< of equal due times, the lower one's goes on first
    bool is_over = false;        ///< where there are no threads: all is done but to tell of it
    loop::EventLoop* loop = nullptr;
    bool is_abandoned = false;
};

class Workers;

/// What a ThreadPoolExecutor refers to.
struct Pool final : PoolState {
    struct Waiting {
        Ref<Job> job;
        Time since;
        std::uint64_t order;
    };

    Workers* of = nullptr;  ///< null: it was not used yet
    std::uint32_t max_workers = 0;
    std::string prefix;
    bool takes_no_more = false;
    std::deque<Waiting> waiting;
    std::vector<std::unique_ptr<PoolThread>> threads;
};

/// The threads of a loop's executors. They take turns with the loop and with each other, by time and then in
/// the order in which their jobs came, each until it blocks or is done: so the trace is the same in every
/// run.
class Workers final : public loop::Beside {
  public:
    /// Thrown into a job that blocks when its loop ends.
    struct Abandoned {};

    /// Returns those of a loop; makes them at the first call.
    static Workers& of(loop::EventLoop& loop);
    explicit Workers(loop::EventLoop& loop);
    ~Workers() override;

    /// Returns what the threads of the next pool without a name of its own are called, before their numbers.
    [[nodiscard]] std::string next_prefix() { return fmt::format("ThreadPoolExecutor-{}", unnamed_++); }
    void submit(const Ref<PoolState>& given, const Ref<Job>& job);
    /// Takes a job back that has not begun.
    void cancel(Job& job);
    /// Blocks the loop until a pool has nothing to do.
    void finish(const Pool& pool);
    /// Refuses further jobs of the loop's own executor. Returns false if it never had one, and so nothing is
    /// to be waited for.
    bool shut_default();
    /// Has `over` finish once the loop's own executor has no jobs. REQUIRES: shut_default() returned true.
    void when_default_is_idle(Ref<FutureState<void>> over);
    void use_no_threads() { has_threads_ = false; }

    void work() override;
    [[nodiscard]] std::optional<Time> next_time() const override;

    /// Has the job that the calling thread does stand still. Returns false if it does none.
    static bool block(Duration duration);

  private:
    /// What can go on: a thread with its job, or a pool's first waiting one.
    struct Able {
        Time due;
        std::uint64_t order = 0;
        Pool* pool = nullptr;
        PoolThread* thread = nullptr;  // null: a job begins
    };

    [[nodiscard]] std::optional<Able> first_able() const;
    void go_on(const Able& able);
    PoolThread& begin(Pool& pool);
    PoolThread& idle_thread(Pool& pool);
    static bool has_idle_thread(const Pool& pool);
    void run(PoolThread& thread, bool begins);
    void say_job(const Job& job);
    void settle(const Ref<Job>& job);
    static bool is_idle(const Pool& pool);

    loop::EventLoop& loop_;
    std::vector<Ref<PoolState>> pools_;
    Ref<PoolState> own_;                        // the loop's own executor; null: it was not needed
    bool takes_no_more_ = false;                // the loop's own executor, whether there is one or not
    std::vector<Ref<FutureState<void>>> shut_;  // to finish once that has nothing to do
    std::size_t unnamed_ = 0;                   // pools that were given no name
    std::uint64_t jobs_ = 0;
    bool has_threads_ = has_threads;
};

}  // namespace loopscope::task
