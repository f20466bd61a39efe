// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <utility>

#include "core/context/storages.hpp"
#include "core/loop/future.hpp"

namespace loopscope::loop {

/// A task, as far as the event loop needs to know it to step it. To those who wait for it, it is a future.
/// Used on the loop's thread.
class Steppable : public FutureCore {
  public:
    /// Frees the coroutine and settles the task. Called after the step in which the outermost coroutine
    /// returned or threw (EventLoop::take_raised), or instead of a first step that would only throw
    /// CancelledError.
    virtual void complete() = 0;
    /// Destroys the coroutine of a task that will never be stepped again, because its loop ends.
    virtual void abandon() = 0;

    /// Returns the task's number, in the order of creation; none until the loop has adopted the task.
    [[nodiscard]] TaskId id() const { return TaskId{number_}; }
    void set_id(TaskId id) { number_ = id.value; }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes)
    // The members that a step reads and writes, in an order that leaves no gaps.

    /// How the next step starts. It is `first` until the body begins, and `cancelled` from when the thing
    /// that the task waits for was cancelled until the leaf throws CancelledError.
    trace::Resume resume = trace::Resume::first;
    /// Whether CancelledError is to be thrown at the next step or suspension (Lib/asyncio/tasks.py,
    /// `_must_cancel`).
    bool must_cancel : 1 = false;
    /// The number of requests to cancel the task that have not been taken back. It stops counting at the
    /// maximum.
    std::uint16_t cancel_requests : 15 = 0;
    static constexpr std::uint16_t max_cancel_requests = (1U << 15) - 1;
    /// The task's index in its loop's table of unfinished tasks.
    std::uint32_t slot = 0;
    /// The coroutine to resume: the innermost of those that await each other.
    std::coroutine_handle<> leaf;
    context::TaskContext context;

    // NOLINTEND(misc-non-private-member-variables-in-classes)

  protected:
    /// Makes a task with the context that the loop gives to a new task.
    explicit Steppable(EventLoop& loop);
    ~Steppable() override = default;
};

}  // namespace loopscope::loop

// Last, for it needs the class above: it defines the constructor, which asks the loop for a context.
#include "core/loop/event_loop.hpp"
