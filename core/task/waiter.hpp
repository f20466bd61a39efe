#pragma once

#include <cstdint>

#include "core/trace/event.hpp"

namespace loopscope::task {

class TaskCore;
class WaiterList;

/// A place in a list: a circle of neighbours, so that leaving needs no list. One without neighbours is in
/// none.
class Link {
  public:
    Link() = default;
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

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

/// What a task waits with for anything that is no future: what asyncio's sleep, locks and queues get from
/// `loop.create_future()`. A task waits for one thing at a time, so each has just one, which is a part of it:
/// nothing is allocated to wait, and who wakes has the task at hand.
///
/// | state     | wake()        | cancel_wait()          |
/// |-----------|---------------|------------------------|
/// | idle      | not allowed   | false                  |
/// | pending   | → woken       | → cancelled, true      |
/// | woken     | not allowed   | false                  |
/// | cancelled | not allowed   | false                  |
///
/// It is pending once the task waits (TaskCore::wait). Then the state changes at once, and the task resumes
/// in the next iteration; from when it has resumed (TaskCore::end_wait) it is idle again. It stands in
/// a list only while it is not idle.
class Waiter : public Link {
  public:
    /// Whether the task waits with it, or was woken and has not resumed. (Not while it waits for a future.)
    [[nodiscard]] bool waits() const { return phase_ != Phase::idle; }
    /// Whether it was woken, by wake() or by being cancelled.
    [[nodiscard]] bool woken() const { return phase_ > Phase::pending; }
    [[nodiscard]] bool wait_cancelled() const { return phase_ == Phase::cancelled; }
    /// REQUIRES: the task waits and was not woken.
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
    /// Gives false if there is nothing to cancel.
    bool cancel_wait();

  private:
    enum class Phase : std::uint8_t { idle, pending, woken, cancelled };

    void wake_as(Phase phase);
    [[nodiscard]] TaskCore& task();

    std::uint32_t number_ = 0;  // of what it waits for, in the trace
    trace::Wait kind_{};
    Phase phase_ = Phase::idle;
};

}  // namespace loopscope::task
