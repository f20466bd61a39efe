#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/task/async_generator.hpp"
#include "core/task/executor.hpp"
#include "core/task/sync/barrier.hpp"
#include "core/task/sync/condition.hpp"
#include "core/task/sync/lock.hpp"
#include "core/task/sync/queue.hpp"
#include "core/task/sync/semaphore.hpp"
#include "core/task/variable.hpp"
#include "core/trace/log.hpp"
#include "tests/conformance/program.hpp"

namespace loopscope::conformance {

/// Runs a conformance program with the native core's coroutines.
class Interpreter {
  public:
    /// The program has to outlive it.
    Interpreter(const Program& program, loop::AsyncioVersion asyncio);

    /// Runs it to its end. Gives the lines that it prints, and at last how it ended.
    std::string run();
    /// Gives the trace, an event a line.
    [[nodiscard]] std::string events() const;

  private:
    using Perform = task::Coro<> (Interpreter::*)(const Operation&);
    static const Perform performers[];

    void print(std::string_view text);
    [[nodiscard]] std::string how_it_ended(loop::Progress progress, const task::FutureCore& main) const;
    /// Enters a new task into the table.
    void name_task(const task::Task<>& task, const std::string& name);
    /// The task of a name; null: there is none yet.
    [[nodiscard]] const task::Task<>* find(const std::string& name) const;
    /// Those of several names that there are.
    [[nodiscard]] std::vector<task::Task<>> find_all(std::span<const std::string> names) const;
    /// An object of a table, which is made on first use with what the program says.
    template <class Object>
    Object object_of(std::map<std::string, Object>& table, const std::string& name, std::int64_t argument) {
        return table.try_emplace(name, argument).first->second;
    }

    /// Prints what a queue gives.
    template <class Item>
    task::Coro<> tell(task::Coro<Item> got);

    task::Coro<> run(const Body& body);
    task::Coro<> run_coroutine(const std::string& name) { return run(program_.coroutines.at(name)); }

    // Each operation, by name.
    task::Coro<> print(const Operation& operation);
    task::Coro<> show(const Operation& operation);
    task::Coro<> set(const Operation& operation);
    task::Coro<> sleep(const Operation& operation);
    task::Coro<> spawn(const Operation& operation);
    task::Coro<> cancel(const Operation& operation);
    task::Coro<> await(const Operation& operation);
    task::Coro<> gather(const Operation& operation);
    task::Coro<> wait_for(const Operation& operation);
    task::Coro<> shield(const Operation& operation);
    task::Coro<> timeout(const Operation& operation);
    task::Coro<> try_(const Operation& operation);
    task::Coro<> raise(const Operation& operation);
    task::Coro<> loop(const Operation& operation);
    task::Coro<> lock(const Operation& operation);
    task::Coro<> semaphore(const Operation& operation);
    task::Coro<> event_wait(const Operation& operation);
    task::Coro<> event_set(const Operation& operation);
    task::Coro<> event_clear(const Operation& operation);
    task::Coro<> put(const Operation& operation);
    task::Coro<> get(const Operation& operation);
    task::Coro<> task_group(const Operation& operation);
    task::Coro<> call_soon(const Operation& operation);
    task::Coro<> call_later(const Operation& operation);
    task::Coro<> wait(const Operation& operation);
    task::Coro<> as_completed(const Operation& operation);
    task::Coro<> barrier(const Operation& operation);
    task::Coro<> barrier_abort(const Operation& operation);
    task::Coro<> barrier_reset(const Operation& operation);
    task::Coro<> bounded(const Operation& operation);
    task::Coro<> bounded_release(const Operation& operation);
    task::Coro<> put_least(const Operation& operation);
    task::Coro<> get_least(const Operation& operation);
    task::Coro<> put_last(const Operation& operation);
    task::Coro<> get_last(const Operation& operation);
    task::Coro<> cancel_with(const Operation& operation);
    task::Coro<> rename(const Operation& operation);
    task::Coro<> spawn_unnamed(const Operation& operation);
    task::Coro<> all_tasks(const Operation& operation);
    task::Coro<> lock_acquire(const Operation& operation);
    task::Coro<> lock_release(const Operation& operation);
    task::Coro<> semaphore_release(const Operation& operation);
    task::Coro<> keep_context(const Operation& operation);
    task::Coro<> copy_context(const Operation& operation);
    task::Coro<> spawn_in(const Operation& operation);
    task::Coro<> set_in(const Operation& operation);
    task::Coro<> show_in(const Operation& operation);
    task::Coro<> look_in(const Operation& operation);
    task::Coro<> token_set(const Operation& operation);
    task::Coro<> token_reset(const Operation& operation);
    task::Coro<> callback_add(const Operation& operation);
    task::Coro<> callback_remove(const Operation& operation);
    task::Coro<> generator(const Operation& operation);
    task::Coro<> generator_next(const Operation& operation);
    task::Coro<> generator_send(const Operation& operation);
    task::Coro<> generator_throw(const Operation& operation);
    task::Coro<> generator_close(const Operation& operation);
    task::Coro<> generator_drop(const Operation& operation);
    task::Coro<> results(const Operation& operation);
    task::Coro<> uncancel(const Operation& operation);
    task::Coro<> reschedule(const Operation& operation);
    task::Coro<> condition(const Operation& operation);
    task::Coro<> condition_wait(const Operation& operation);
    task::Coro<> condition_notify(const Operation& operation);
    task::Coro<> shutdown(const Operation& operation);
    task::Coro<> to_thread(const Operation& operation);
    task::Coro<> in_executor(const Operation& operation);
    task::Coro<> job_await(const Operation& operation);
    task::Coro<> job_wait_for(const Operation& operation);
    task::Coro<> job_gather(const Operation& operation);
    task::Coro<> job_cancel(const Operation& operation);
    task::Coro<> executor_shutdown(const Operation& operation);
    task::Coro<> shutdown_default_executor(const Operation& operation);
    task::Coro<> block(const Operation& operation);
    task::Coro<> call_threadsafe(const Operation& operation);

    /// Does what a job consists of, on its thread.
    void do_job(const Body& job);
    void do_in_job(const Operation& operation);
    void print_in_job(std::string_view text);
    void call_threadsafe(const std::string& text);
    task::ThreadPoolExecutor pool(const std::string& name);

    using Generator = task::AsyncGenerator<int, std::string>;
    Generator generate(std::string name, const Body& body);
    void tell(const std::string& name, std::optional<int> yielded);
    void show();
    void tell_callback(std::string_view text);
    /// Ends as asyncio.run does.
    void close();

    const Program& program_;
    task::Variable symbol_;
    std::string lines_;
    std::map<std::string, task::Task<>> tasks_;
    std::map<std::string, task::Lock> locks_;
    std::map<std::string, task::Semaphore> semaphores_;
    std::map<std::string, task::Condition> conditions_;
    std::map<std::string, task::Event> events_;
    std::map<std::string, task::Queue<std::string>> queues_;
    std::map<std::string, task::Barrier> barriers_;
    std::map<std::string, task::BoundedSemaphore> bounded_;
    std::map<std::string, task::PriorityQueue<std::int64_t>> least_;
    std::map<std::string, task::LifoQueue<std::int64_t>> last_;

    std::map<std::string, Ref<context::Context>> contexts_;
    std::map<std::string, task::Token> tokens_;
    std::set<std::string> callback_texts_;
    std::map<std::string, task::ThreadPoolExecutor> pools_;
    std::map<std::string, task::Future<>> jobs_;

    trace::Log sink_;
    context::Storages storages_;
    loop::EventLoop loop_;
    std::map<std::string, Generator> generators_;
};

}  // namespace loopscope::conformance
