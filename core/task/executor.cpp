// SPDX-License-Identifier: MIT
#include "core/task/executor.hpp"

#include "core/task/timeout.hpp"
#include "core/task/workers.hpp"

namespace loopscope::task {
namespace {

/// Cancels a job whose future was cancelled, if it has not begun (`_call_check_cancel`,
/// Lib/asyncio/futures.py).
class CheckCancel final : public loop::Runnable {
  public:
    CheckCancel(loop::EventLoop& loop, const Ref<Job>& job)
        : job_(job), name_(loop.sink().intern("_call_check_cancel")) {}

    void run(loop::EventLoop& loop) override {
        if (job_->future().cancelled()) Workers::of(loop).cancel(*job_);
    }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::user; }
    [[nodiscard]] StringId name() const override { return name_; }

  private:
    Ref<Job> job_;
    StringId name_;
};

}  // namespace

Job::Job(loop::EventLoop& loop, std::string_view name)
    : loop_(loop), task_(loop.scope().task), name_(name.empty() ? StringId{} : loop.sink().intern(name)) {
    const context::AccessScope scope = loop.scope();
    if (scope.dicts) arguments_ = scope.dicts->child();
}

void Job::copy_context(SourceLine here) {
    context_ = loop_.scope().vars->copy();
    copied_at_ = here;
}

void Job::run() {
    try {
        call();
    } catch (const Workers::Abandoned&) {
        throw;
    } catch (...) {
        error_ = std::current_exception();
    }
}

void submit(loop::EventLoop& loop, const Ref<PoolState>& pool, const Ref<Job>& job) {
    Workers::of(loop).submit(pool, job);
    job->future().add_done_callback(*new CheckCancel(loop, job));
}

ThreadPoolExecutor::ThreadPoolExecutor(std::uint32_t max_workers, std::string_view prefix) {
    if (max_workers == 0) throw ValueError("max_workers must be greater than 0");
    const Ref pool(new Pool);
    pool->max_workers = max_workers;
    pool->prefix = prefix;
    // Numbered as they are made; one that is made while no loop runs, when it is used first.
    loop::EventLoop* const loop = loop::EventLoop::running();
    if (prefix.empty() && loop) pool->prefix = Workers::of(*loop).next_prefix();
    pool_ = Ref<PoolState>(pool.get());
}

void ThreadPoolExecutor::shutdown() const {
    auto& pool = static_cast<Pool&>(*pool_);
    pool.takes_no_more = true;
    if (pool.of) pool.of->finish(pool);
}

bool block_job(Duration duration) {
    return Workers::block(duration);
}

void run_jobs_without_threads(loop::EventLoop& loop) {
    Workers::of(loop).use_no_threads();
}

Coro<> shutdown_default_executor(std::optional<Duration> timeout) {
    loop::EventLoop& loop = loop::EventLoop::get_running();
    Workers& workers = Workers::of(loop);
    if (!workers.shut_default()) co_return;
    const Future<> over = create_future();
    workers.when_default_is_idle(Ref(&over.core()));
    try {
        co_await task::timeout(timeout, over);
    } catch (const TimeoutError&) {
        co_return;  // asyncio warns, and goes on
    }
}

}  // namespace loopscope::task
