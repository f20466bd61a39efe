// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/task/coro.hpp"
#include "core/task/future.hpp"
#include "core/task/waiter.hpp"

namespace loopscope::task {

/// What an event says about a task that suspends: what it waits for, by number and kind, and on which line.
/// Two fields of an event, passed in one register.
struct Suspension {
    Suspension(trace::Wait kind, std::uint32_t number, SourceLine here)
        : a(number), b(trace::tagged(kind, line_of(here))) {}

    std::uint32_t a;
    std::uint32_t b;
};

/// A coroutine that the loop steps: an `asyncio.Task` without the result's type and value
/// (Lib/asyncio/tasks.py).
///
/// A step runs the coroutine from where it is to its next suspension. The loop owns every task that has not
/// ended. Used on the loop's thread.
class TaskCore : public loop::Steppable, public Waiter {
  public:
    /// Requests cancellation, as Task.cancel() does: cancels what the task waits for, or, if that cannot be
    /// cancelled, has CancelledError thrown at the task's next step or suspension. Returns false if the task
    /// has ended. `message` is what that CancelledError says. Throws RecursionError.
    bool request_cancel(SourceLine here, std::string_view message = {});
    /// Takes one request back (Task.uncancel, which since 3.13 also clears must_cancel at zero). Returns how
    /// many are left.
    int uncancel();
    /// Returns how many requests have not been taken back. Stops counting at 32,767.
    [[nodiscard]] int cancelling() const { return cancel_requests; }

    bool cancel(SourceLine here = SourceLine(__builtin_LINE()), std::string_view message = {}) final {
        return request_cancel(here, message);
    }
    bool cancel(std::string_view message, SourceLine here = SourceLine(__builtin_LINE())) {
        return request_cancel(here, message);
    }

    /// Returns the task's name: the one that it was given, or "Task-" and a number.
    [[nodiscard]] std::string get_name() const;
    /// Gives the task another name, and writes that to the trace.
    void set_name(std::string_view name);
    /// Returns the context that the task runs in, not a copy of it.
    [[nodiscard]] Ref<context::Context> get_context() { return context.vars.context(); }

    /// Suspends the running task, which is this one, until a future is done, and writes that to the trace.
    /// Cancelling the task cancels the future first; if the task was cancelled before, the future is
    /// cancelled at once.
    void wait_for(FutureCore& future, Suspension how) {
        future_ = &future;
        suspend(how);
    }
    /// Suspends the running task, which is this one, until it is woken, and writes to the trace what it waits
    /// for: something of a kind and number, on line `here`. If the task was cancelled before, the wait is
    /// cancelled at once.
    void wait(trace::Wait kind, std::uint32_t number, SourceLine here) {
        begin_waiting(kind, number);
        suspend({kind, number, here});
    }
    /// Writes to the trace that the task suspends.
    void say(Suspension how) {
        loop::EventLoop::running()->sink().emit(trace::Kind::suspend, id().value, how.a, how.b);
    }
    /// Ends a wait for a future, as the leaf resumes. Throws CancelledError if the step began with that.
    void end_wait_for() {
        const FutureCore* const future = std::exchange(future_, nullptr);
        if (resume == trace::Resume::cancelled) [[unlikely]]
            throw_cancelled(future);
    }
    /// Ends a wait for anything but a future, as the leaf resumes. Throws CancelledError if the step began
    /// with that.
    void end_wait() {
        end_waiting();
        check_cancelled();
    }
    /// Throws CancelledError if the step began with that: for a leaf that waited for nothing.
    void check_cancelled() {
        if (resume == trace::Resume::cancelled) [[unlikely]]
            throw_cancelled(nullptr);
    }

  protected:
    using Steppable::Steppable;
    ~TaskCore() override = default;
    /// Forgets what the task waits for, because that is destroyed with its coroutine.
    void forget_wait() {
        future_ = nullptr;
        leave();
        end_waiting();
    }

  private:
    void suspend(Suspension how) {
        if (must_cancel) [[unlikely]]
            return suspend_cancelled(how);
        say(how);
    }
    void suspend_cancelled(Suspension how);
    bool cancel_awaited(SourceLine here, std::string_view message);
    [[nodiscard]] bool cancellation_comes() const;
    /// Throws the CancelledError of the future for which the task waited, if it was cancelled; or else the
    /// task's own.
    [[noreturn]] void throw_cancelled(const FutureCore* future);

    FutureCore* future_ = nullptr;  // what the task waits for; null: none, or something else
};

inline TaskCore& Waiter::task() {
    return static_cast<TaskCore&>(*this);
}

inline void Waiter::wake_as(Phase phase) {
    phase_ = phase;
    // Nearly always the task's loop is the one that runs. The running loop is found without a look at the
    // task, and then compared: the processor predicts the outcome and need not wait until the task is loaded.
    loop::EventLoop* const running = loop::EventLoop::running();
    if (running != &task().loop()) [[unlikely]]
        return task().loop().wake_from_outside(task(), kind_, number_);
    running->wake(task(), kind_, number_);
}

inline void Waiter::wake() {
    assert(phase_ == Phase::pending);
    wake_as(Phase::woken);
}

/// Returns the task whose step is under way. REQUIRES: there is one.
inline TaskCore& current_task() {
    loop::Steppable* const current = loop::EventLoop::running()->current();
    assert(current);
    return static_cast<TaskCore&>(*current);
}

/// Asserts that the running task's innermost coroutine is `leaf`, for awaiters that suspend it: the loop
/// knows that coroutine only if coroutines hand over by EventLoop::transfer_to, as all in core/task do.
inline void expect_leaf([[maybe_unused]] std::coroutine_handle<> leaf) {
    assert(current_task().leaf == leaf);
}

/// The state of a task together with its result.
template <class T>
class TaskState final : public WithResult<TaskCore, T> {
  public:
    TaskState(loop::EventLoop& loop, Coro<T> coroutine)
        : WithResult<TaskCore, T>(loop), frame_(coroutine.release()) {
        this->leaf = frame_;
    }
    /// Returns the name of the coroutine function. REQUIRES: the task has not run yet; called once.
    [[nodiscard]] const char* take_function() { return frame_.promise().take_function(); }
    /// Returns the coroutine; null once it has ended.
    [[nodiscard]] std::coroutine_handle<> get_coro() const { return frame_; }
    ~TaskState() override {
        if (frame_) frame_.destroy();
    }

    void complete() override;
    void abandon() override {
        // The frame may own the last handle on this very task.
        const Ref<TaskState> self(this);
        this->release();
        this->forget_wait();
        if (frame_) std::exchange(frame_, {}).destroy();
    }

  private:
    /// Takes the task out of the loop's table and writes to the trace how it ended.
    void end(trace::Outcome outcome, StringId error = {});
    void end_cancelled(std::exception_ptr error, bool is_for_all);
    void end_failed();

    typename Coro<T>::Frame frame_;
};

/// What handles on tasks have in common. The parameters are those of FutureHandle.
template <class Self, class State, class T>
class TaskHandle : public FutureHandle<Self, State, T> {
  public:
    using FutureHandle<Self, State, T>::FutureHandle;

    int uncancel() const { return this->core().uncancel(); }
    [[nodiscard]] int cancelling() const { return this->core().cancelling(); }
    [[nodiscard]] TaskId id() const { return this->core().id(); }
    [[nodiscard]] std::string get_name() const { return this->core().get_name(); }
    void set_name(std::string_view name) const { this->core().set_name(name); }
    [[nodiscard]] Ref<context::Context> get_context() const { return this->core().get_context(); }
};

/// A handle on a task (`asyncio.Task`, Lib/asyncio/tasks.py).
template <class T = void>
class Task : public TaskHandle<Task<T>, TaskState<T>, T> {
  public:
    using TaskHandle<Task, TaskState<T>, T>::TaskHandle;

    /// Returns the task's coroutine; null once it has ended.
    [[nodiscard]] std::coroutine_handle<> get_coro() const { return this->core().get_coro(); }
};

/// A handle on a task whose result does not matter.
class AnyTask : public TaskHandle<AnyTask, TaskCore, void> {
  public:
    using TaskHandle::TaskHandle;
    template <class T>
    // NOLINTNEXTLINE(google-explicit-constructor): a task is one, whatever its result
    AnyTask(const Task<T>& task) : TaskHandle(Ref<TaskCore>(&task.core())) {}
};

/// Returns the tasks of a loop that have not ended, in the order in which they were made, unless a schedule
/// takes another one (`asyncio.all_tasks`, which returns a set).
[[nodiscard]] std::vector<AnyTask> all_tasks(loop::EventLoop& loop);
/// Returns those of the running loop. Throws RuntimeError if none runs.
[[nodiscard]] std::vector<AnyTask> all_tasks();

/// Throws RuntimeError if the code that runs now is in a context itself, for then no eager task can run in
/// it.
void check_not_entered(loop::EventLoop& loop, const context::Context& context);

struct TaskOptions {
    /// The task's name; by default that of its coroutine function.
    std::string_view name = {};
    /// The context to run in, not copied; by default a copy of the current one.
    LentContext context = {};
};

/// Makes a task of a coroutine. Its first step runs in the next iteration; or now, inside this call, if the
/// loop is running and has eager tasks (3.12). Its context is made by the loop's task factory, unless the
/// options give one.
template <class T>
Task<T> create_task(loop::EventLoop& loop, Coro<T> coroutine, const TaskOptions& options = {},
                    SourceLine here = SourceLine(__builtin_LINE()));

/// Makes a task of a coroutine, as asyncio.create_task and TaskGroup do: before 3.13 they make it without a
/// name, and name it afterwards.
template <class T>
Task<T> create_task_and_name(loop::EventLoop& loop, Coro<T> coroutine, const TaskOptions& options,
                             SourceLine here) {
    if (options.name.empty() || loop.asyncio().names_tasks_at_once()) [[likely]]
        return create_task(loop, std::move(coroutine), options, here);
    Task<T> task = create_task(loop, std::move(coroutine), {.context = options.context}, here);
    task.set_name(options.name);
    return task;
}

/// Makes a task of a coroutine on the running loop. REQUIRES: a loop is running.
template <class T>
Task<T> create_task(Coro<T> coroutine, const TaskOptions& options = {},
                    SourceLine here = SourceLine(__builtin_LINE())) {
    return create_task_and_name(loop::EventLoop::get_running(), std::move(coroutine), options, here);
}
template <CoroutineLike Awaited>
auto create_task(const Awaited& awaited, const TaskOptions& options = {},
                 SourceLine here = SourceLine(__builtin_LINE())) {
    return create_task(awaited.to_coroutine(), options, here);
}

template <class T>
Task<T> create_task(loop::EventLoop& loop, Coro<T> coroutine, const TaskOptions& options, SourceLine here) {
    const bool eager = loop.eager_tasks() && loop::EventLoop::running() == &loop;
    if (eager && options.context.get()) [[unlikely]]
        check_not_entered(loop, *options.context.get());
    Ref<TaskState<T>> task(new TaskState<T>(loop, std::move(coroutine)));
    if (options.context.get()) task->context.vars = context::ContextVars(Ref(options.context.get()));
    task->retain();  // the loop's own reference, until it ends
    loop.register_task(*task);
    trace::Sink& sink = loop.sink();
    const char* const name_of_function = task->take_function();
    if (name_of_function == closing_function) [[unlikely]]
        loop.task_notes().note_begins_cancelled(*task);
    const StringId function = sink.intern_literal(name_of_function);
    const trace::Start start = eager ? trace::Start::eager : trace::Start::soon;
    sink.emit(trace::Kind::spawn, task->id().value, function.value, trace::tagged(start, line_of(here)));
    if (!options.name.empty()) {
        const StringId name = sink.intern(options.name);
        sink.emit(trace::Kind::name, task->id().value, name.value, trace::tagged(trace::Named::task));
        loop.task_notes().add_name(task->id(), name);
    }
    if (eager)
        loop.step_now(*task);
    else
        loop.step_soon(*task);
    return Task<T>(std::move(task));
}

template <class T>
void TaskState<T>::complete() {
    if (this->loop().raised()) [[unlikely]] {
        end_failed();
    } else if (this->must_cancel || !frame_.done()) [[unlikely]] {
        // With must_cancel at the return, the task ends cancelled, whatever it returned (Task.__step,
        // StopIteration): the request's message is for all who ask. A frame that is not done never ran.
        const bool returned = this->must_cancel;
        end_cancelled(cancellation(this->loop().task_notes().take_message(*this)), returned);
    } else {
        end(trace::Outcome::result);
        if constexpr (std::is_void_v<T>)
            this->set_result();
        else
            this->set_result(std::move(*frame_.promise().result));
    }
    std::exchange(frame_, {}).destroy();  // the frame may own a handle on this very task
    this->release();                      // the loop's reference
}

template <class T>
void TaskState<T>::end(trace::Outcome outcome, StringId error) {
    loop::EventLoop& loop = this->loop();
    loop.sink().emit(trace::Kind::finish, this->id().value, error.value, trace::tagged(outcome));
    loop.unregister_task(*this);
}

template <class T>
void TaskState<T>::end_cancelled(std::exception_ptr error, bool is_for_all) {
    this->must_cancel = false;
    end(trace::Outcome::cancelled);
    this->settle_cancelled(std::move(error), is_for_all);
}

template <class T>
void TaskState<T>::end_failed() {
    std::exception_ptr error = this->loop().take_raised();
    if (const CancelledError* const cancelled = as_cancelled_error(error))
        return end_cancelled(*cancelled->what() == '\0' ? nullptr : std::move(error), false);
    end(trace::Outcome::exception, this->loop().sink().intern(exception_name(error)));
    this->set_exception(std::move(error));
}

}  // namespace loopscope::task
