// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "core/task/task.hpp"

namespace loopscope::task {

/// What a ThreadPoolExecutor refers to: a Pool (core/task/workers.hpp).
struct PoolState : RefCounted<PoolState> {
    PoolState() = default;
    PoolState(const PoolState&) = delete;
    PoolState& operator=(const PoolState&) = delete;
    virtual ~PoolState() = default;
};

/// What an executor's thread is to do: a call, and the future that gets its result. The call runs on that
/// thread, and all else on the loop's, while the thread waits.
class Job : public RefCounted<Job> {
  public:
    Job(loop::EventLoop& loop, std::string_view name);
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;
    virtual ~Job() = default;

    /// Makes the call, and keeps what it throws.
    void run();
    /// Gives the future what came of the call, unless it was cancelled (`_copy_future_state`,
    /// Lib/asyncio/futures.py).
    virtual void set_state() = 0;
    /// Returns the future that gets the result.
    [[nodiscard]] virtual FutureCore& future() const = 0;

    /// Has the call made in a copy of the current context, as asyncio.to_thread does on line `here`, and not
    /// in that of its thread.
    void copy_context(SourceLine here);
    /// Returns the context that was copied for the call; null: none was.
    [[nodiscard]] context::ContextVars* context() { return context_ ? &*context_ : nullptr; }
    [[nodiscard]] SourceLine copied_at() const { return copied_at_; }
    [[nodiscard]] context::TaskDicts& arguments() { return arguments_; }
    [[nodiscard]] TaskId task() const { return task_; }
    [[nodiscard]] StringId name() const { return name_; }
    [[nodiscard]] const std::exception_ptr& error() const { return error_; }

  protected:
    virtual void call() = 0;

  private:
    loop::EventLoop& loop_;
    TaskId task_;  // that asked for it
    StringId name_;
    std::optional<context::ContextVars> context_;
    SourceLine copied_at_ = SourceLine(0);
    context::TaskDicts arguments_;
    std::exception_ptr error_;
};

/// A job that calls a function whose result is a `T`.
template <class Function, class T>
class JobOf final : public Job {
  public:
    JobOf(loop::EventLoop& loop, Function function, std::string_view name)
        : Job(loop, name),
          function_(std::move(function)),
          future_(new FutureState<T>(loop, trace::Wait::executor)) {}

    [[nodiscard]] FutureCore& future() const override { return *future_; }
    [[nodiscard]] Future<T> handle() const { return Future<T>(future_); }
    void set_state() override {
        if (future_->done()) return;
        if (error()) return future_->set_exception(error());
        if constexpr (std::is_void_v<T>)
            future_->set_result();
        else
            future_->set_result(std::move(*result_));
    }

  protected:
    void call() override {
        if constexpr (std::is_void_v<T>)
            function_();
        else
            result_.emplace(function_());
    }

  private:
    Function function_;
    Ref<FutureState<T>> future_;
    std::optional<std::conditional_t<std::is_void_v<T>, char, T>> result_;
};

/// Threads that do jobs, in the order in which these were given (`concurrent.futures.ThreadPoolExecutor`,
/// Lib/concurrent/futures/thread.py). Cheap to copy. Of one loop: that which it is used with first.
class ThreadPoolExecutor {
  public:
    /// The number of threads of a loop's own executor: Python's on a machine that has 28 processors or more.
    static constexpr std::uint32_t most_workers = 32;

    /// `prefix`: what its threads are called, before their numbers. Throws ValueError if there are to be no
    /// threads.
    explicit ThreadPoolExecutor(std::uint32_t max_workers = most_workers, std::string_view prefix = {});

    /// Refuses further jobs, and blocks the loop until those that it has are done.
    void shutdown() const;

    [[nodiscard]] const Ref<PoolState>& pool() const { return pool_; }

  private:
    Ref<PoolState> pool_;
};

/// Gives a job to an executor's threads; without a pool, to those of its loop's own one. Throws RuntimeError
/// if that takes no more.
void submit(loop::EventLoop& loop, const Ref<PoolState>& pool, const Ref<Job>& job);

/// Makes a job of a function on a thread of an executor, and returns the future of its result; what it throws
/// is thrown to whoever awaits that (`loop.run_in_executor`, Lib/asyncio/base_events.py). Threads have their
/// turn between a loop's iterations, and time passes for them where they call block_for; so a run is the same
/// each time. The job sees the context of its thread, which is nobody's copy. To cancel the future cancels a
/// job that has not begun. `name` is the job's in the trace.
template <std::invocable Function>
auto run_in_executor(const ThreadPoolExecutor& executor, Function function, std::string_view name = {}) {
    using Result = std::invoke_result_t<Function&>;
    loop::EventLoop& loop = loop::EventLoop::get_running();
    const Ref job(new JobOf<Function, Result>(loop, std::move(function), name));
    submit(loop, executor.pool(), Ref<Job>(job.get()));
    return job->handle();
}
/// Does that on a thread of the loop's own executor.
template <std::invocable Function>
auto run_in_executor(Function function, std::string_view name = {}) {
    using Result = std::invoke_result_t<Function&>;
    loop::EventLoop& loop = loop::EventLoop::get_running();
    const Ref job(new JobOf<Function, Result>(loop, std::move(function), name));
    submit(loop, {}, Ref<Job>(job.get()));
    return job->handle();
}

/// Coroutines with the names of asyncio's, for the trace.
namespace jobs {

/// Waits for a job in a copy of the current context (`asyncio.to_thread`, Lib/asyncio/threads.py).
template <class Function, class Result = std::invoke_result_t<Function&>>
Coro<Result> to_thread(Function function, std::string name, SourceLine here) {
    loop::EventLoop& loop = loop::EventLoop::get_running();
    const Ref job(new JobOf<Function, Result>(loop, std::move(function), name));
    job->copy_context(here);
    submit(loop, {}, Ref<Job>(job.get()));
    const Future<Result> future = job->handle();
    auto waiting = future.await_at(here);
    co_return co_await waiting;
}

}  // namespace jobs

/// Runs a function on a thread of the loop's own executor, in a copy of the current context (PEP 567), and
/// waits for its result: `co_await to_thread(f)`. See run_in_executor.
///
/// A closure that has more than references and numbers in it is to be put into a variable first: one that is
/// made inside of a `co_await` is copied bit by bit by GCC 12.
template <class Function>
requires(std::invocable<std::remove_cvref_t<Function>&>)  //
    auto to_thread(Function&& function, std::string_view name = {},
                   SourceLine here = SourceLine(__builtin_LINE())) {
    using Plain = std::remove_cvref_t<Function>;
    static_assert(
        std::is_lvalue_reference_v<Function> || std::is_trivially_copyable_v<Plain>,
        "put the closure into a variable first, and give that to to_thread: GCC 12 copies a closure "
        "that is made inside of a co_await bit by bit");
    return jobs::to_thread<Plain>(std::forward<Function>(function), std::string(name), here);
}

/// Does what block_for does in an executor's job: the job's thread stands still, and nobody else. Returns
/// false outside of jobs.
bool block_job(Duration duration);

/// Has a loop's jobs run as they do where there are no threads: each as a whole on the loop's own, when it
/// begins; what it blocks for makes its end late. REQUIRES: the loop has had no job.
void run_jobs_without_threads(loop::EventLoop& loop);

/// Ends the threads of the loop's own executor, and waits for their jobs: for as long as that takes, or up to
/// `timeout`, after which they are left to themselves (`loop.shutdown_default_executor`).
[[nodiscard]] Coro<> shutdown_default_executor(std::optional<Duration> timeout = {});

}  // namespace loopscope::task
