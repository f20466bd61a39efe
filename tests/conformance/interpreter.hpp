#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/task/sync/barrier.hpp"
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
    explicit Interpreter(const Program& program);

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
    [[nodiscard]] const std::string& name_of(const task::Task<>& task) const {
        return task_names_[task.id().value - 1];
    }
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

    const Program& program_;
    task::Variable symbol_;
    std::string lines_;
    std::map<std::string, task::Task<>> tasks_;
    std::vector<std::string> task_names_;  // by number
    std::map<std::string, task::Lock> locks_;
    std::map<std::string, task::Semaphore> semaphores_;
    std::map<std::string, task::Event> events_;
    std::map<std::string, task::Queue<std::string>> queues_;
    std::map<std::string, task::Barrier> barriers_;
    std::map<std::string, task::BoundedSemaphore> bounded_;
    std::map<std::string, task::PriorityQueue<std::int64_t>> least_;
    std::map<std::string, task::LifoQueue<std::int64_t>> last_;

    trace::Log sink_;
    context::Storages storages_;
    loop::EventLoop loop_;
};

}  // namespace loopscope::conformance
