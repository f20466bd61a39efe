#pragma once

#include <string_view>

#include "core/task/coro.hpp"
#include "core/task/future.hpp"
#include "core/task/waiter.hpp"

namespace loopscope::task {

/// What the trace says of a task that suspends: what it waits for, by number and kind, and in which line. Two
/// fields of an event, passed in one register.
struct Suspension {
    Suspension(trace::Wait kind, std::uint32_t number, Here here)
        : a(number), b(trace::tagged(kind, line_of(here))) {}

    std::uint32_t a;
    std::uint32_t b;
};

/// A coroutine on its way through the loop: what `asyncio.Task` is, without its result
/// (Lib/asyncio/tasks.py).
///
/// A step runs the coroutine from where it is to its next suspension. The loop owns every task that has not
/// ended.
class TaskCore : public loop::Steppable, public Waiter {
  public:
    /// Requests cancellation, as Task.cancel() does: cancels what the task waits for, or, if that cannot be
    /// cancelled, has CancelledError thrown at its next step or suspension. Gives false if the task has
    /// ended. Throws RecursionError.
    bool request_cancel(Here here);
    /// Takes one request back (Task.uncancel, which since 3.13 also clears must_cancel at zero). Gives how
    /// many are left.
    int uncancel();
    /// How many requests have not been taken back. Counted up to 32,767.
    [[nodiscard]] int cancelling() const { return cancel_requests; }

    bool cancel(Here here = Here(__builtin_LINE())) final { return request_cancel(here); }

    /// The running task suspends on a future, which cancelling it cancels first, and the trace says so. If it
    /// was cancelled meanwhile, the future is at once.
    void wait_for(FutureCore& future, Suspension how) {
        future_ = &future;
        suspend(how);
    }
    /// The same for something of this kind and number, until it is woken, in that line.
    void wait(trace::Wait kind, std::uint32_t number, Here here) {
        begin_waiting(kind, number);
        suspend({kind, number, here});
    }
    /// Writes that it suspends.
    void say(Suspension how) {
        loop::EventLoop::running()->sink().emit(trace::Kind::suspend, id().value, how.a, how.b);
    }
    /// The leaf has resumed that waited for a future. Throws CancelledError if that is what the step began
    /// with.
    void end_wait_for() {
        future_ = nullptr;
        check_cancelled();
    }
    /// The same for one that waited for something else.
    void end_wait() {
        end_waiting();
        check_cancelled();
    }
    /// The same for a leaf that waited for nothing.
    void check_cancelled() {
        if (resume == trace::Resume::cancelled) [[unlikely]]
            throw_cancelled();
    }

  protected:
    using Steppable::Steppable;
    ~TaskCore() override = default;
    /// What it waits for goes away with its coroutine.
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
    bool cancel_awaited(Here here);
    [[noreturn]] void throw_cancelled();

    FutureCore* future_ = nullptr;  // that it waits for
};

inline TaskCore& Waiter::task() {
    return static_cast<TaskCore&>(*this);
}

inline void Waiter::wake_as(Phase phase) {
    phase_ = phase;
    // Nearly always it is the loop that runs. That is found without a look at the task, and then compared: a
    // processor predicts the outcome, and need not wait for the task before it goes on.
    loop::EventLoop* const running = loop::EventLoop::running();
    if (running != &task().loop()) [[unlikely]]
        return task().loop().wake_from_outside(task(), kind_, number_);
    running->wake(task(), kind_, number_);
}

inline void Waiter::wake() {
    assert(phase_ == Phase::pending);
    wake_as(Phase::woken);
}

/// The task whose step is under way. REQUIRES: there is one.
inline TaskCore& current_task() {
    loop::Steppable* const current = loop::EventLoop::running()->current();
    assert(current);
    return static_cast<TaskCore&>(*current);
}

/// For awaiters, as the running task suspends in `leaf`: the loop knows that coroutine, for coroutines hand
/// over by EventLoop::transfer_to. REQUIRES: so did this one, as all do that core/task has.
inline void expect_leaf([[maybe_unused]] std::coroutine_handle<> leaf) {
    assert(current_task().leaf == leaf);
}

/// A task with its result.
template <class T>
class TaskState final : public WithResult<TaskCore, T> {
  public:
    TaskState(loop::EventLoop& loop, Coro<T> coroutine)
        : WithResult<TaskCore, T>(loop), frame_(coroutine.release()) {
        this->leaf = frame_;
    }
    /// What the coroutine function is called. REQUIRES: nothing has run yet; to be asked once.
    [[nodiscard]] const char* take_function() { return frame_.promise().take_function(); }
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
    /// It is over for the loop, and the trace says how.
    void end(trace::Outcome outcome, StringId error = {});
    void end_cancelled();
    void end_failed();

    typename Coro<T>::Frame frame_;
};

/// What `asyncio.Task` is (Lib/asyncio/tasks.py).
template <class T = void>
class Task : public FutureHandle<Task<T>, TaskState<T>, T> {
  public:
    using FutureHandle<Task, TaskState<T>, T>::FutureHandle;

    int uncancel() const { return this->core().uncancel(); }
    [[nodiscard]] int cancelling() const { return this->core().cancelling(); }
    [[nodiscard]] TaskId id() const { return this->core().id(); }
};

struct TaskOptions {
    /// What the task is called; by default what its coroutine is called.
    std::string_view name = {};
    /// The context to run in, as it is; by default a copy of the current one.
    LentContext context = {};
};

/// Makes a task of a coroutine. Its first step runs in the next iteration; or now, inside this call, if the
/// loop runs and has eager tasks (3.12). Its context is what the loop's task factory gives.
template <class T>
Task<T> create_task(loop::EventLoop& loop, Coro<T> coroutine, const TaskOptions& options = {},
                    Here here = Here(__builtin_LINE()));

/// The same, on the running loop. REQUIRES: a loop is running.
template <class T>
Task<T> create_task(Coro<T> coroutine, const TaskOptions& options = {}, Here here = Here(__builtin_LINE())) {
    return create_task(*loop::EventLoop::running(), std::move(coroutine), options, here);
}
template <CoroutineLike Awaited>
auto create_task(const Awaited& awaited, const TaskOptions& options = {},
                 Here here = Here(__builtin_LINE())) {
    return create_task(awaited.to_coroutine(), options, here);
}

template <class T>
Task<T> create_task(loop::EventLoop& loop, Coro<T> coroutine, const TaskOptions& options, Here here) {
    Ref<TaskState<T>> task(new TaskState<T>(loop, std::move(coroutine)));
    if (options.context.get()) task->context.vars = context::ContextVars(Ref(options.context.get()));
    task->retain();  // the loop's own reference, until it ends
    loop.adopt(*task);
    trace::Sink& sink = loop.sink();
    const StringId function = sink.intern_literal(task->take_function());
    const bool eager = loop.eager_tasks() && loop::EventLoop::running() == &loop;
    const trace::Start start = eager ? trace::Start::eager : trace::Start::soon;
    sink.emit(trace::Kind::spawn, task->id().value, function.value, trace::tagged(start, line_of(here)));
    if (!options.name.empty()) {
        sink.emit(trace::Kind::name, task->id().value, sink.intern(options.name).value,
                  trace::tagged(trace::Named::task));
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
        // must_cancel at the return: it ends cancelled, whatever it returned (Task.__step, StopIteration). A
        // frame that is not done never ran.
        end_cancelled();
    } else {
        end(trace::Outcome::result);
        if constexpr (std::is_void_v<T>)
            this->set_result();
        else
            this->set_result(std::move(*frame_.promise().result));
    }
    std::exchange(frame_, {}).destroy();  // which may own a handle on this very task
    this->release();                      // the loop's reference
}

template <class T>
void TaskState<T>::end(trace::Outcome outcome, StringId error) {
    loop::EventLoop& loop = this->loop();
    loop.sink().emit(trace::Kind::finish, this->id().value, error.value, trace::tagged(outcome));
    loop.disown(*this);
}

template <class T>
void TaskState<T>::end_cancelled() {
    this->must_cancel = false;
    end(trace::Outcome::cancelled);
    this->settle(FutureCore::State::cancelled);
}

template <class T>
void TaskState<T>::end_failed() {
    std::exception_ptr error = this->loop().take_raised();
    if (is_cancelled_error(error)) return end_cancelled();
    end(trace::Outcome::exception, this->loop().sink().intern(exception_name(error)));
    this->set_exception(std::move(error));
}

}  // namespace loopscope::task
