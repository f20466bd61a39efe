// SPDX-License-Identifier: MIT
#include "core/task/workers.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "core/loop/event_loop_beside.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::task {

using trace::Kind;
using trace::tagged;

namespace {

thread_local PoolThread* at_work = nullptr;  // the thread whose job runs on the calling one

Pool* as_pool(const Ref<PoolState>& pool) {
    return static_cast<Pool*>(pool.get());
}

/// A callback that call_soon_threadsafe was given by asyncio itself.
template <class Function>
class OwnCall final : public loop::Runnable {
  public:
    OwnCall(StringId name, Function function) : name_(name), function_(std::move(function)) {}

    void run(loop::EventLoop&) override { function_(); }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::user; }
    [[nodiscard]] StringId name() const override { return name_; }

  private:
    StringId name_;
    Function function_;
};

template <class Function>
void call_threadsafe(loop::EventLoop& loop, std::string_view name, Function function) {
    const Ref<loop::Runnable> call(new OwnCall(loop.sink().intern(name), std::move(function)));
    loop.call_soon_threadsafe(*call);
}

}  // namespace

Workers& Workers::of(loop::EventLoop& loop) {
    if (!loop.beside()) loop.set_beside(std::make_unique<Workers>(loop));
    return static_cast<Workers&>(*loop.beside());
}

Workers::Workers(loop::EventLoop& loop) : loop_(loop) {}

Workers::~Workers() {
    for (const Ref<PoolState>& each : pools_) {
        Pool* const pool = as_pool(each);
        for (const std::unique_ptr<PoolThread>& thread : pool->threads) {
            thread->is_abandoned = true;
            if (thread->os && thread->os->paused()) thread->os->resume();
        }
        pool->threads.clear();
        pool->waiting.clear();
        pool->takes_no_more = true;
        pool->of = nullptr;
    }
}

void Workers::submit(const Ref<PoolState>& given, const Ref<Job>& job) {
    if (!given && takes_no_more_) throw RuntimeError("Executor shutdown has been called");
    if (!given && !own_) own_ = ThreadPoolExecutor(ThreadPoolExecutor::most_workers, "asyncio").pool();
    const Ref<PoolState>& chosen = given ? given : own_;
    Pool* const pool = as_pool(chosen);
    if (pool->takes_no_more) throw RuntimeError("cannot schedule new futures after shutdown");
    if (pool->of && pool->of != this) throw RuntimeError("the executor is used with another loop");
    if (!pool->of) {
        if (pool->prefix.empty()) pool->prefix = next_prefix();
        pool->of = this;
        pools_.push_back(chosen);
    }
    pool->waiting.push_back({job, loop_.time(), ++jobs_});
}

void Workers::cancel(Job& job) {
    for (const Ref<PoolState>& each : pools_) {
        Pool* const pool = as_pool(each);
        const auto found = std::ranges::find(pool->waiting, &job,
                                             [](const Pool::Waiting& waits) { return waits.job.get(); });
        if (found == pool->waiting.end()) continue;
        const Ref<Job> taken = found->job;
        pool->waiting.erase(found);
        return settle(taken);
    }
}

bool Workers::is_idle(const Pool& pool) {
    return pool.waiting.empty() &&
           std::ranges::none_of(pool.threads, [](const auto& each) { return static_cast<bool>(each->job); });
}

void Workers::finish(const Pool& pool) {
    for (;;) {
        work();
        if (is_idle(pool)) return;
        const std::optional<Time> next = next_time();
        if (!next) return;
        loop_.advance_to(*next);
    }
}

bool Workers::shut_default() {
    takes_no_more_ = true;
    return static_cast<bool>(own_);
}

void Workers::when_default_is_idle(Ref<FutureState<void>> over) {
    shut_.push_back(std::move(over));
}

void Workers::work() {
    while (const std::optional<Able> able = first_able()) {
        if (able->due > loop_.time()) break;
        go_on(*able);
    }
    if (shut_.empty() || !is_idle(*as_pool(own_))) return;
    for (Ref<FutureState<void>>& each : std::exchange(shut_, {})) {
        call_threadsafe(loop_, "_set_result_unless_cancelled", [over = std::move(each)] {
            if (!over->done()) over->set_result();
        });
    }
}

std::optional<Time> Workers::next_time() const {
    if (!shut_.empty() && is_idle(*as_pool(own_))) return loop_.time();
    const std::optional<Able> able = first_able();
    return able ? std::optional(std::max(able->due, loop_.time())) : std::nullopt;
}

std::optional<Workers::Able> Workers::first_able() const {
    std::optional<Able> first;
    const auto consider = [&](const Able& able) {
        if (!first || std::pair(able.due, able.order) < std::pair(first->due, first->order)) first = able;
    };
    for (const Ref<PoolState>& each : pools_) {
        Pool* const pool = as_pool(each);
        for (const std::unique_ptr<PoolThread>& thread : pool->threads) {
            if (thread->job) consider({thread->due, thread->order, pool, thread.get()});
        }
        if (!pool->waiting.empty() && has_idle_thread(*pool))
            consider({pool->waiting.front().since, pool->waiting.front().order, pool});
    }
    return first;
}

bool Workers::has_idle_thread(const Pool& pool) {
    return pool.threads.size() < pool.max_workers ||
           std::ranges::any_of(pool.threads, [](const auto& each) { return !each->job; });
}

/// Returns a thread that has no job; makes one if all have (`_adjust_thread_count`).
PoolThread& Workers::idle_thread(Pool& pool) {
    for (const std::unique_ptr<PoolThread>& thread : pool.threads) {
        if (!thread->job) return *thread;
    }
    auto made = std::make_unique<PoolThread>();
    made->loop = &loop_;
    const StringId name = loop_.sink().intern(fmt::format("{}_{}", pool.prefix, pool.threads.size()));
    made->in_trace = {loop_.sink().next_thread(), name};
    try {
        if (has_threads_ || !has_threads) made->os = std::make_unique<OsThread>();
    } catch (const std::system_error&) {
        has_threads_ = false;  // there are none to be had
    }
    pool.threads.push_back(std::move(made));
    return *pool.threads.back();
}

void Workers::go_on(const Able& able) {
    if (able.thread) return run(*able.thread, false);
    PoolThread& thread = idle_thread(*able.pool);
    thread.job = able.pool->waiting.front().job;
    thread.order = able.order;
    thread.due = able.due;
    thread.is_over = false;
    able.pool->waiting.pop_front();
    thread.body = [&thread] {
        PoolThread* const before = std::exchange(at_work, &thread);
        const loop::EventLoop::Around around(*thread.loop);
        try {
            thread.job->run();
        } catch (const Abandoned&) {
            // The loop has ended, and nobody waits for what comes of it.
        }
        at_work = before;
    };
    run(thread, true);
}

/// Has a thread do its job until that blocks or is done.
void Workers::run(PoolThread& thread, bool begins) {
    const Ref<Job> job = thread.job;
    context::ContextVars& vars = job->context() ? *job->context() : thread.vars;
    {
        const loop::EventLoop::OnThread on_thread(loop_, thread.in_trace, job->task(), job->arguments(),
                                                  vars);
        if (begins) say_job(*job);
        if (thread.os && thread.os->paused())
            thread.os->resume();
        else if (thread.os && !thread.is_over)
            thread.os->run(thread.body);
        else if (!thread.is_over)
            thread.body();
        thread.is_over = true;
        const bool blocks = has_threads && thread.os ? thread.os->paused() : thread.due > loop_.time();
        if (blocks) return;
        thread.job = {};
        const std::exception_ptr& error = job->error();
        const StringId name = error ? loop_.sink().intern(exception_name(error)) : StringId{};
        loop_.sink().emit(Kind::job_end, 0, name.value,
                          tagged(error ? trace::Outcome::exception : trace::Outcome::result));
    }
    settle(job);
}

void Workers::say_job(const Job& job) {
    trace::Sink& sink = loop_.sink();
    sink.emit(Kind::job, job.task().value, job.name().value);
    const auto* const copied = const_cast<Job&>(job).context();
    if (copied) sink.emit(Kind::copy, 0, sink.intern("to_thread").value, tagged(0, line_of(job.copied_at())));
}

/// Has the loop tell the future of a job that it is over, or was taken back (`_call_set_state`,
/// Lib/asyncio/futures.py).
void Workers::settle(const Ref<Job>& job) {
    call_threadsafe(loop_, "_set_state", [job] { job->set_state(); });
}

bool Workers::block(Duration duration) {
    PoolThread* const thread = at_work;
    if (!thread) return false;
    if (duration == Duration::zero()) return true;
    const Time from = std::max(thread->due, thread->loop->time());
    thread->due = std::min(after(from, duration), trace::max_time);
    if (has_threads && thread->os) thread->os->pause();
    if (thread->is_abandoned) throw Abandoned();
    return true;
}

}  // namespace loopscope::task
