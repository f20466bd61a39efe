#pragma once

#include <coroutine>

#include "core/task/task.hpp"

namespace loopscope::task {

/// A future that one task waits for at once, in that task's own frame: what asyncio's sleep, locks and queues
/// get from `loop.create_future()`, without an allocation. Their awaiters derive from it.
///
/// | state     | set()         | cancel()               |
/// |-----------|---------------|------------------------|
/// | fresh     | not allowed   | not allowed            |
/// | pending   | → set         | → cancelled, true      |
/// | set       | not allowed   | false                  |
/// | cancelled | not allowed   | false                  |
///
/// The state changes at once; the task resumes in the next iteration. It is pending once the task waits.
class Waiter {
  public:
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    [[nodiscard]] bool done() const { return phase_ > Phase::pending; }
    [[nodiscard]] bool cancelled() const { return phase_ == Phase::cancelled; }
    /// Gives false if it is done already.
    bool cancel();
    /// REQUIRES: the task waits and this is not done.
    void set();

    [[nodiscard]] bool await_ready() const { return phase_ == Phase::needless; }
    /// Throws CancelledError if the task was cancelled.
    void await_resume() const { resume(); }

  protected:
    /// The task is to wait later, or not at all.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): the rest is there from begin() on
    Waiter() : phase_(Phase::fresh) {}
    /// The running task waits from here on; see begin().
    Waiter(trace::Wait kind, std::uint32_t number, Here here)
        : task_(&current_task()), number_(number), kind_(kind), phase_(Phase::pending) {
        task_->wait_for(Awaited(*this), {kind, number, here});
    }
    ~Waiter() = default;

    /// There is nothing to wait for.
    void skip() { phase_ = Phase::needless; }
    /// The running task waits from here on, in line `here`, for something of this kind and number. It is to
    /// suspend now.
    void begin(trace::Wait kind, std::uint32_t number, Here here) {
        enter();
        wait(kind, number, here);
    }
    /// In two parts, for who has to know the task in order to get the number.
    void enter() { task_ = &current_task(); }
    void wait(trace::Wait kind, std::uint32_t number, Here here) {
        number_ = number;
        kind_ = kind;
        phase_ = Phase::pending;
        task_->wait_for(Awaited(*this), {kind, number, here});
    }
    /// It has resumed, if it ever waited. Throws CancelledError if it was cancelled.
    void resume() const {
        if (begun()) task_->stop_waiting();
    }
    /// Whether the task has waited, or does.
    [[nodiscard]] bool begun() const { return phase_ >= Phase::pending; }
    /// REQUIRES: begun().
    [[nodiscard]] TaskCore& task() const { return *task_; }

  private:
    enum class Phase : std::uint8_t { fresh, needless, pending, set, cancelled };

    void settle(Phase phase);

    TaskCore* task_;
    std::uint32_t number_;
    trace::Wait kind_;
    Phase phase_;
};

/// One that stands alone.
class SingleWaiter final : public Waiter {
  public:
    /// What the task waits for, for the trace, and the line of its `co_await`.
    SingleWaiter(trace::Wait kind, std::uint32_t number, Here here)
        : what_(kind), which_(number), here_(here) {}

    void await_suspend(std::coroutine_handle<> leaf) {
        expect_leaf(leaf);
        begin(what_, which_, here_);
    }

  private:
    trace::Wait what_;
    std::uint32_t which_;
    Here here_;
};

}  // namespace loopscope::task
