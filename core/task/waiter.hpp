// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/trace/event.hpp"

namespace loopscope::task {

class TaskCore;
class WaiterList;

/// A member of a list: a circle of neighbours, so that leaving needs no list. A link without neighbours is in
/// no list.
class Link {
  public:
    Link() = default;
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    /// Removes the link from its list, if it is in one.
    void leave() {
        if (!after_) return;
        before_->after_ = after_;
        after_->before_ = before_;
        after_ = nullptr;
    }

  protected:
    ~Link() { leave(); }

  private:
    friend class WaiterList;
    Link* before_ = nullptr;
    Link* after_ = nullptr;
};

/// The part of a task that waits for anything but a future, in place of the future that asyncio's sleep,
/// locks and queues get from `loop.create_future()`. A task waits for one thing at a time, so it has one
/// waiter, which is a part of it: waiting allocates nothing, and who wakes a waiter has the task at hand.
///
/// | state     | wake()        | cancel_wait()          |
/// |-----------|---------------|------------------------|
/// | idle      | not allowed   | false                  |
/// | pending   | → woken       | → cancelled, true      |
/// | woken     | not allowed   | false                  |
/// | cancelled | not allowed   | false                  |
///
/// A waiter is pending once the task waits (TaskCore::wait). When it is woken or cancelled the state changes
/// at once, and the task resumes in the next iteration; when the task has resumed (TaskCore::end_wait) the
/// waiter is idle again. It is in a list only while it is not idle.
class Waiter : public Link {
  public:
    /// Returns whether the task waits, or was woken and has not resumed. False while it waits for a future.
    [[nodiscard]] bool waits() const { return phase_ != Phase::idle; }
    /// Returns whether the waiter was woken, by wake() or by being cancelled.
    [[nodiscard]] bool woken() const { return phase_ > Phase::pending; }
    [[nodiscard]] bool wait_cancelled() const { return phase_ == Phase::cancelled; }
    /// Wakes the task. REQUIRES: the task waits and was not woken.
    void wake();

  protected:
    Waiter() = default;
    ~Waiter() = default;

    void begin_waiting(trace::Wait kind, std::uint32_t number) {
        number_ = number;
        kind_ = kind;
        phase_ = Phase::pending;
    }
    void end_waiting() { phase_ = Phase::idle; }
    /// Cancels the wait. Returns false if there is nothing to cancel.
    bool cancel_wait();

  private:
    enum class Phase : std::uint8_t { idle, pending, woken, cancelled };

    void wake_as(Phase phase);
    [[nodiscard]] TaskCore& task();

    std::uint32_t number_ = 0;  // number in the trace of what the task waits for
    trace::Wait kind_{};
    Phase phase_ = Phase::idle;
};

}  // namespace loopscope::task

// Last, for it needs the classes above: it defines what needs to know the task that a waiter is a part of.
#include "core/task/task.hpp"
