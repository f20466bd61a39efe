// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <optional>
#include <vector>

#include "core/task/task.hpp"

namespace loopscope::task {

/// A group of tasks that end together (Lib/asyncio/taskgroups.py). Made by task_group(), which passes it to
/// the body.
///
/// The group is left when all its children are done. When a child or the body fails, the other children are
/// cancelled, and so is the body; the exceptions come out as an ExceptionGroup. asyncio cancels children in
/// the order of a set of addresses; here it is that of their creation, unless a schedule takes another one.
///
/// Not implemented: asyncio's special treatment of KeyboardInterrupt and SystemExit.
class TaskGroup {
  public:
    /// Enters the group. REQUIRES: a task is running, and the same task leaves the group.
    TaskGroup() : parent_(current_task()) {}
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;
    ~TaskGroup();

    /// Makes a task that is a child of the group. Throws RuntimeError if the group is finished or shutting
    /// down.
    template <class T>
    Task<T> create_task(Coro<T> coroutine, const TaskOptions& options = {},
                        SourceLine here = SourceLine(__builtin_LINE())) {
        check_open();
        Task<T> task = create_task_and_name(parent_.loop(), std::move(coroutine), options, here);
        add(task.core());
        return task;
    }

    template <CoroutineLike Awaited>
    auto create_task(const Awaited& awaited, const TaskOptions& options = {},
                     SourceLine here = SourceLine(__builtin_LINE())) {
        return create_task(awaited.to_coroutine(), options, here);
    }

    /// Leaves the group, with the exception that left the body or null: waits for the children, then throws
    /// what the group has to throw.
    Coro<> exit(std::exception_ptr error, SourceLine here);

  private:
    class Child;

    void check_open() const;
    void add(FutureCore& task);
    void child_done(Child& child);
    void note_result(const FutureCore& task);
    void abort();
    void take_back_request(std::exception_ptr& cancellation);
    Coro<> wait_for_children(std::exception_ptr& cancellation, SourceLine here);

    TaskCore& parent_;
    ObjectId object_;
    Child* first_ = nullptr;  // children that have not reported their end, in order of creation
    Child* last_ = nullptr;
    std::vector<std::exception_ptr> errors_;
    bool exiting_ = false;
    bool exit_waits_ = false;  // the parent waits for the last child
    bool aborting_ = false;
    bool parent_cancel_requested_ = false;
};

/// Runs `async with asyncio.TaskGroup() as group: result = await body(group)` and returns that result once
/// all children are done.
template <std::invocable<TaskGroup&> Body>
requires(!std::is_void_v<std::invoke_result_t<Body&, TaskGroup&>>)  //
    Coro<AwaitResult<std::invoke_result_t<Body&, TaskGroup&>>> task_group(
        Body body, SourceLine here = SourceLine(__builtin_LINE())) {
    using Result = AwaitResult<std::invoke_result_t<Body&, TaskGroup&>>;
    TaskGroup group;
    std::exception_ptr error;
    if constexpr (std::is_void_v<Result>) {
        try {
            co_await body(group);
        } catch (...) {
            error = std::current_exception();
        }
        co_await group.exit(error, here);
    } else {
        std::optional<Result> result;
        try {
            result.emplace(co_await body(group));
        } catch (...) {
            error = std::current_exception();
        }
        co_await group.exit(error, here);
        co_return std::move(*result);
    }
}

/// Does that for a body that awaits nothing, and so is no coroutine.
template <std::invocable<TaskGroup&> Body>
requires(std::is_void_v<std::invoke_result_t<Body&, TaskGroup&>>)  //
    Coro<> task_group(Body body, SourceLine here = SourceLine(__builtin_LINE())) {
    return task_group(
        [body = std::move(body)](TaskGroup& group) mutable -> Coro<> {
            body(group);
            co_return;
        },
        here);
}

}  // namespace loopscope::task
