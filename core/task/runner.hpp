// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/task/task.hpp"

namespace loopscope::task {

/// Has a loop stop in the iteration after a future is done (`_run_until_complete_cb`,
/// Lib/asyncio/base_events.py).
void stop_when_done(FutureCore& future);

/// Runs a loop until a future is done (`loop.run_until_complete`). Throws RuntimeError if the loop stops
/// before, or if nothing will ever wake it.
void run_until_complete(FutureCore& future);
/// Does that, and returns the future's result or throws what it ended with.
template <FutureLike Awaited>
ResultOf<Awaited> run_until_complete(const Awaited& future) {
    run_until_complete(future.core());
    return future.result();
}

/// What asyncio.run does once its main task has ended, stage by stage (`Runner.close`,
/// Lib/asyncio/runners.py): it cancels the tasks that are left and waits for them, and closes the
/// asynchronous generators.
class Closing {
  public:
    explicit Closing(loop::EventLoop& loop) : loop_(loop) {}

    /// Begins the next stage. Returns the future until which the loop has to run for it; null: there is no
    /// stage left. REQUIRES: the loop does not run, and the stage before is over.
    [[nodiscard]] Ref<FutureCore> next();

  private:
    enum class Stage : std::uint8_t { tasks, generators, executor, over };

    Ref<FutureCore> cancel_all_tasks();
    void cancel(const AnyTask& task);
    void report_failures() const;

    loop::EventLoop& loop_;
    std::vector<AnyTask> cancelled_;
    Stage stage_ = Stage::tasks;
};

/// Runs coroutines on a loop, one after the other, each in the same context (`asyncio.Runner`,
/// Lib/asyncio/runners.py). At its end it closes the loop as asyncio.run does. REQUIRES: the loop outlives
/// it.
class Runner {
  public:
    explicit Runner(loop::EventLoop& loop) : loop_(loop), context_(loop.scope().vars->copy().context()) {}
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;
    ~Runner();

    /// Runs a coroutine to its end and returns its result, or throws what it ended with. Throws RuntimeError
    /// if a loop runs already, if the runner is closed, or if nothing will ever wake the coroutine.
    template <class T>
    T run(Coro<T> main, const TaskOptions& options = {}, SourceLine here = SourceLine(__builtin_LINE())) {
        check_open();
        const LentContext context = options.context.get() ? options.context : LentContext(context_);
        return run_until_complete(
            create_task(loop_, std::move(main), {.name = options.name, .context = context}, here));
    }
    /// Returns the context that the coroutines run in.
    [[nodiscard]] const Ref<context::Context>& context() const { return context_; }
    /// Closes the loop, once. Throws RuntimeError if a task that was cancelled never ends.
    void close();

  private:
    void check_open() const;

    loop::EventLoop& loop_;
    Ref<context::Context> context_;
    bool closed_ = false;
};

/// Runs a coroutine on a loop that is not used otherwise, and closes that (`asyncio.run`).
template <class T>
T run(loop::EventLoop& loop, Coro<T> main, SourceLine here = SourceLine(__builtin_LINE())) {
    Runner runner(loop);
    return runner.run(std::move(main), {}, here);
}

}  // namespace loopscope::task
