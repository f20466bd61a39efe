// SPDX-License-Identifier: MIT
#include "core/task/task.hpp"

#include <algorithm>

namespace loopscope::task {

using trace::Cancel;
using trace::Kind;
using trace::Resume;
using trace::tagged;

namespace {

/// Counts how deeply cancellations are passed on from task to task, as CPython counts nested calls.
class Nesting {
  public:
    Nesting() {
        if (depth == limit)
            throw RecursionError("tasks wait for each other in a circle, or in too long a chain");
        ++depth;
    }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    ~Nesting() { --depth; }

  private:
    static constexpr int limit = 5000;
    inline static thread_local int depth = 0;
};

/// Returns whether a future that a task awaits throws a CancelledError: it was cancelled, or finished with
/// one, as the future of a gather can.
bool throws_cancelled(const FutureCore& future) {
    if (!future.done()) return false;
    return future.cancelled() || is_cancelled_error(future.exception());
}

}  // namespace

bool TaskCore::request_cancel(SourceLine here, std::string_view message) {
    trace::Sink& sink = loop().sink();
    if (done()) {
        sink.emit(Kind::cancel, id().value, 0, tagged(Cancel::done, line_of(here)));
        return false;
    }
    if (cancel_requests < max_cancel_requests) ++cancel_requests;
    sink.emit(Kind::cancel, id().value, 0, tagged(Cancel::requested, line_of(here)));
    if (future_ || waits()) {
        const Nesting nesting;
        if (cancel_awaited(here, message)) return true;
    }
    must_cancel = true;
    if (!cancellation_comes()) loop().task_notes().note_message(*this, message);
    loop().task_notes().note_said(id(), message);
    sink.emit(Kind::cancel, id().value, 0, tagged(Cancel::flagged, line_of(here)));
    return true;
}

int TaskCore::uncancel() {
    const bool last = cancel_requests > 0 && --cancel_requests == 0;
    if (last && loop().asyncio().uncancel_clears_must_cancel()) must_cancel = false;
    return cancel_requests;
}

/// Cancels what the task waits for. Returns false if that is done already.
bool TaskCore::cancel_awaited(SourceLine here, std::string_view message) {
    if (future_) return future_->cancel(here, message);
    if (!cancel_wait()) return false;
    loop().task_notes().note_message(*this, message);
    return true;
}

/// Returns whether the step that is to come begins with a CancelledError that says already what it says.
bool TaskCore::cancellation_comes() const {
    return wait_cancelled() || (future_ && throws_cancelled(*future_));
}

void TaskCore::suspend_cancelled(Suspension how) {
    say(how);
    const std::string message = loop().task_notes().take_message(*this);
    try {
        if (cancel_awaited({}, message))
            must_cancel = false;
        else
            loop().task_notes().note_message(*this, message);
    } catch (const RecursionError&) {
        // The task waits, and does not see the exception: to CPython it is a callback, Task.__step, that
        // raised it.
        loop().call_exception_handler(
            {loop::Unhandled::Kind::callback, std::current_exception(), id(), StringId{}});
    }
}

void TaskCore::throw_cancelled(const FutureCore* future) {
    resume = Resume::value;
    loop().task_notes().note_thrown(id(), loop().iteration());
    if (future && throws_cancelled(*future)) future->check();
    throw CancelledError(loop().task_notes().take_message(*this));
}

std::string TaskCore::get_name() const {
    loop::EventLoop& loop = this->loop();
    const StringId name = loop.task_notes().name_of(id());
    return name ? std::string(loop.sink().strings()[name]) : loop.task_notes().default_name(id());
}

void TaskCore::set_name(std::string_view name) {
    const StringId text = loop().sink().intern(name);
    loop().sink().emit(Kind::name, id().value, text.value, tagged(trace::Named::task));
    loop().task_notes().rename(id(), text);
}

void check_not_entered(loop::EventLoop& loop, const context::Context& context) {
    if (loop.is_entered(context))
        throw RuntimeError("an eager task cannot enter a context that is already entered");
}

std::vector<AnyTask> all_tasks(loop::EventLoop& loop) {
    std::vector<AnyTask> tasks;
    tasks.reserve(loop.unfinished().size());
    for (loop::Steppable* const task : loop.unfinished())
        tasks.emplace_back(Ref(static_cast<TaskCore*>(task)));
    std::ranges::sort(tasks, {}, [](const AnyTask& task) { return task.id().value; });
    loop.order_set(tasks);
    return tasks;
}

std::vector<AnyTask> all_tasks() {
    return all_tasks(loop::EventLoop::get_running());
}

}  // namespace loopscope::task
