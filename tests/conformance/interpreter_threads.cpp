// Executors and their jobs, what blocks, and what threads tell the loop: a part of Interpreter.

#include <fmt/format.h>

#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/wait_for.hpp"
#include "tests/conformance/interpreter.hpp"

namespace loopscope::conformance {

using task::Coro;
using task::Future;

namespace {

/// Returns what the thread on which the last event of a trace happened is called.
std::string_view thread_name(const trace::Log& log) {
    for (EventIndex at = log.end_index(); at > EventIndex(); --at) {
        const trace::Event event = log[at - 1];
        if (event.kind() == trace::Kind::thread) return log.strings()[StringId{event.a}];
    }
    return "MainThread";
}

}  // namespace

void Interpreter::print_in_job(std::string_view text) {
    lines_ += fmt::format("{} {} {}\n", loop_.time().count(), thread_name(sink_), text);
    task::print(text);
}

void Interpreter::call_threadsafe(const std::string& text) {
    task::call_soon_threadsafe(loop_, [this, &text] { print(text); }, {.name = text});
}

void Interpreter::do_in_job(const Operation& operation) {
    switch (operation.kind) {
        case Operation::Kind::print: return print_in_job(operation.name());
        case Operation::Kind::show: return print_in_job(sink_.strings()[symbol_.get().text]);
        case Operation::Kind::set: symbol_.set(operation.name()); return;
        case Operation::Kind::block: return task::block_for(operation.ticks());
        case Operation::Kind::call_threadsafe: return call_threadsafe(operation.name());
        case Operation::Kind::raise:
            if (operation.name() == "ValueError") throw ValueError();
            throw RuntimeError();
        default: std::abort();  // no program that was read has it in a job
    }
}

void Interpreter::do_job(const Body& job) {
    for (const Operation& operation : job) do_in_job(operation);
}

task::ThreadPoolExecutor Interpreter::pool(const std::string& name) {
    return object_of(pools_, name, name[1] - '0');
}

Coro<> Interpreter::to_thread(const Operation& operation) {
    const auto job = [this, &operation] { do_job(operation.bodies[0]); };
    co_await task::to_thread(job);
}

Coro<> Interpreter::in_executor(const Operation& operation) {
    const auto job = [this, &operation] { do_job(operation.bodies[0]); };
    const std::string& pool_name = operation.name();
    jobs_.insert_or_assign(operation.words[1], pool_name == "default"
                                                   ? task::run_in_executor(job)
                                                   : task::run_in_executor(pool(pool_name), job));
    co_return;
}

Coro<> Interpreter::job_await(const Operation& operation) {
    const auto found = jobs_.find(operation.name());
    if (found == jobs_.end()) co_return;
    const Future<> job = found->second;  // the name may be given to another one meanwhile
    co_await job;
}

Coro<> Interpreter::job_wait_for(const Operation& operation) {
    const auto found = jobs_.find(operation.name());
    if (found == jobs_.end()) co_return;
    const Future<> job = found->second;
    co_await task::wait_for(job, operation.ticks());
}

Coro<> Interpreter::job_gather(const Operation& operation) {
    std::vector<Ref<task::FutureCore>> jobs;
    for (const std::string& name : operation.words) {
        const auto found = jobs_.find(name);
        if (found != jobs_.end()) jobs.emplace_back(&found->second.core());
    }
    const Future<> all = task::gather(loop_, jobs, operation.flag);
    co_await all;
}

Coro<> Interpreter::job_cancel(const Operation& operation) {
    const auto found = jobs_.find(operation.name());
    if (found == jobs_.end()) co_return;
    const bool accepted = found->second.cancel();
    print(fmt::format("cancel {} {}", operation.name(), accepted));
}

Coro<> Interpreter::executor_shutdown(const Operation& operation) {
    pool(operation.name()).shutdown();
    co_return;
}

Coro<> Interpreter::shutdown_default_executor(const Operation&) {
    return task::shutdown_default_executor();
}

Coro<> Interpreter::block(const Operation& operation) {
    task::block_for(operation.ticks());
    co_return;
}

Coro<> Interpreter::call_threadsafe(const Operation& operation) {
    call_threadsafe(operation.name());
    co_return;
}

}  // namespace loopscope::conformance
