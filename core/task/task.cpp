// SPDX-License-Identifier: MIT
#include "core/task/task.hpp"

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

}  // namespace

bool TaskCore::request_cancel(SourceLine here) {
    trace::Sink& sink = loop().sink();
    if (done()) {
        sink.emit(Kind::cancel, id().value, 0, tagged(Cancel::done, line_of(here)));
        return false;
    }
    if (cancel_requests < max_cancel_requests) ++cancel_requests;
    sink.emit(Kind::cancel, id().value, 0, tagged(Cancel::requested, line_of(here)));
    if (future_ || waits()) {
        const Nesting nesting;
        if (cancel_awaited(here)) return true;
    }
    must_cancel = true;
    sink.emit(Kind::cancel, id().value, 0, tagged(Cancel::flagged, line_of(here)));
    return true;
}

int TaskCore::uncancel() {
    if (cancel_requests > 0 && --cancel_requests == 0) must_cancel = false;
    return cancel_requests;
}

/// Cancels what the task waits for. Returns false if that is done already.
bool TaskCore::cancel_awaited(SourceLine here) {
    return future_ ? future_->cancel(here) : cancel_wait();
}

void TaskCore::suspend_cancelled(Suspension how) {
    say(how);
    try {
        if (cancel_awaited({})) must_cancel = false;
    } catch (const RecursionError&) {
        // The task waits, and does not see the exception: to CPython it is a callback, Task.__step, that
        // raised it.
        loop().call_exception_handler(
            {loop::Unhandled::Kind::callback, std::current_exception(), id(), StringId{}});
    }
}

void TaskCore::throw_cancelled() {
    resume = Resume::value;
    throw CancelledError();
}

}  // namespace loopscope::task
