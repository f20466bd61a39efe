// SPDX-License-Identifier: MIT
#include "core/task/runner.hpp"

#include "core/task/async_generator.hpp"
#include "core/task/executor.hpp"
#include "core/task/gather.hpp"

namespace loopscope::task {
namespace {

/// The time that asyncio.run leaves an executor's threads to end (`THREAD_JOIN_TIMEOUT`,
/// Lib/asyncio/constants.py).
constexpr Duration join_timeout = std::chrono::seconds(300);

class StopWhenDone final : public loop::Runnable {
  public:
    void run(loop::EventLoop& loop) override { loop.stop(); }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::stop; }
};

}  // namespace

void stop_when_done(FutureCore& future) {
    future.add_done_callback(*new StopWhenDone);
}

void run_until_complete(FutureCore& future) {
    loop::EventLoop& loop = future.loop();
    const Ref<loop::Runnable> stop(new StopWhenDone);
    loop.go_on();
    future.add_done_callback(*stop);
    const loop::Progress progress = loop.run();
    future.remove_done_callback(*stop);
    if (future.done()) return;
    throw RuntimeError(progress == loop::Progress::deadlock
                           ? "nothing is ready and no timer runs, so the future will never be done"
                           : "Event loop stopped before Future completed.");
}

Ref<FutureCore> Closing::next() {
    const auto task = [this](Coro<> coroutine) {
        return Ref<FutureCore>(&create_task(loop_, std::move(coroutine), {}, {}).core());
    };
    switch (std::exchange(stage_, static_cast<Stage>(static_cast<int>(stage_) + 1))) {
        case Stage::tasks:
            if (Ref<FutureCore> all = cancel_all_tasks()) return all;
            return next();
        case Stage::generators: report_failures(); return task(shutdown_asyncgens());
        case Stage::executor:
            if (loop_.asyncio().run_limits_the_end_of_threads())
                return task(shutdown_default_executor(join_timeout));
            return task(shutdown_default_executor());
        case Stage::over: return {};
    }
    return {};
}

/// Cancels a task. Of tasks that wait for each other in a circle asyncio.run dies; here the others are closed
/// all the same.
void Closing::cancel(const AnyTask& task) {
    try {
        task.cancel({}, {});
    } catch (const RecursionError&) {
        loop_.call_exception_handler(
            {loop::Unhandled::Kind::shutdown, std::current_exception(), task.id(), {}});
    }
}

Ref<FutureCore> Closing::cancel_all_tasks() {
    cancelled_ = all_tasks(loop_);
    if (cancelled_.empty()) return {};
    for (const AnyTask& task : cancelled_) cancel(task);
    return Ref<FutureCore>(&gather_settled(loop_, cancelled_).core());
}

void Closing::report_failures() const {
    for (const AnyTask& task : cancelled_) {
        if (!task.done() || task.cancelled()) continue;
        if (const std::exception_ptr error = task.exception())
            loop_.call_exception_handler({loop::Unhandled::Kind::shutdown, error, task.id(), {}});
    }
}

Runner::~Runner() {
    try {
        close();
    } catch (const Exception&) {
        return;  // a destructor throws nothing
    }
}

void Runner::check_open() const {
    if (loop::EventLoop::running())
        throw RuntimeError("Runner.run() cannot be called from a running event loop");
    if (closed_) throw RuntimeError("Runner is closed");
}

void Runner::close() {
    if (std::exchange(closed_, true)) return;
    Closing closing(loop_);
    while (const Ref<FutureCore> stage = closing.next()) run_until_complete(*stage);
}

}  // namespace loopscope::task
