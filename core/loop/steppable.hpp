#pragma once

#include <coroutine>
#include <utility>

#include "core/context/storages.hpp"
#include "core/loop/future.hpp"

namespace loopscope::loop {

/// A task, as far as the event loop needs to know it in order to step it. To those who wait for it, it is a
/// future.
class Steppable : public FutureCore {
  public:
    /// Called after the step in which the outermost coroutine returned or threw (EventLoop::take_raised), or
    /// instead of a first step that would only throw CancelledError. Frees the coroutine and settles the
    /// task.
    virtual void complete() = 0;
    /// Drops the coroutine of a task that will never be stepped again, when its loop ends.
    virtual void abandon() = 0;

    /// Its number, in the order of creation. None until the loop adopts it.
    [[nodiscard]] TaskId id() const { return TaskId{number_}; }
    void set_id(TaskId id) { number_ = id.value; }

    // What a step reads and writes, in the order that leaves no gaps.
    // NOLINTBEGIN(misc-non-private-member-variables-in-classes)

    /// With what the next step starts. It is `first` until the body begins, and `cancelled` from when what
    /// the task waits for was cancelled until the leaf throws CancelledError.
    trace::Resume resume = trace::Resume::first;
    /// CancelledError is to be thrown at the next step or suspension (Lib/asyncio/tasks.py, `_must_cancel`).
    bool must_cancel : 1 = false;
    /// How many requests to cancel it have not been taken back; it does not count further than the most.
    std::uint16_t cancel_requests : 15 = 0;
    static constexpr std::uint16_t most_cancel_requests = (1U << 15) - 1;
    /// Its place in its loop's table of unfinished tasks.
    std::uint32_t slot = 0;
    /// The coroutine to resume: the innermost one of those that await each other.
    std::coroutine_handle<> leaf;
    context::TaskContext context;

    // NOLINTEND(misc-non-private-member-variables-in-classes)

  protected:
    /// Its context is what the loop gives to a new task.
    explicit Steppable(EventLoop& loop);
    ~Steppable() override = default;
};

}  // namespace loopscope::loop
