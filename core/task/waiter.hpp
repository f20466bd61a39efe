#pragma once

#include <coroutine>

#include "core/task/task.hpp"

namespace loopscope::task {

/// A future that one task waits for at once, in that task's own frame: what asyncio's sleep, locks and queues
/// get from `loop.create_future()`, without an allocation. Those derive their awaiters from it; it can be
/// awaited as it is, too.
///
/// | state     | set()         | cancel()               |
/// |-----------|---------------|------------------------|
/// | fresh     | not allowed   | not allowed            |
/// | pending   | → set         | → cancelled, true      |
/// | set       | not allowed   | false                  |
/// | cancelled | not allowed   | false                  |
///
/// The state changes at once; the task resumes in the next iteration. It is pending once the task waits.
class Waiter : public Cancellable {
  public:
    /// What the task waits for, for the trace, and the line of its `co_await`.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): of a union one member is initialised
    Waiter(trace::Wait kind, std::uint32_t number, Here here) : here_(here), number_(number), kind_(kind) {}
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    [[nodiscard]] bool done() const { return phase_ > Phase::pending; }
    [[nodiscard]] bool cancelled() const { return phase_ == Phase::cancelled; }
    bool cancel(Here here) override;
    /// REQUIRES: the task waits and this is not done.
    void set();

    [[nodiscard]] bool await_ready() const { return phase_ == Phase::needless; }
    void await_suspend(std::coroutine_handle<> leaf) { wait(enter(leaf)); }
    /// Throws CancelledError if the task was cancelled.
    void await_resume() const { resume(); }

  protected:
    ~Waiter() = default;

    /// For a number that is known only when the task is about to wait.
    void set_number(std::uint32_t number) { number_ = number; }
    /// There is nothing to wait for.
    void skip() { phase_ = Phase::needless; }
    /// The running task is the one that is about to wait, in the coroutine `leaf`. Gives on which line.
    Here enter(std::coroutine_handle<> leaf) {
        TaskCore& task = current_task();
        task.suspend_in(leaf);
        const Here here = here_;
        task_ = &task;
        phase_ = Phase::pending;
        return here;
    }
    /// It waits from here on.
    void wait(Here here) {
        task_->loop().sink().emit(trace::Kind::suspend, task_->id().value, number_,
                                  trace::tagged(kind_, line_of(here)));
        task_->wait_for(*this);
    }
    /// It has resumed, if it ever waited. Throws CancelledError if it was cancelled.
    void resume() const {
        if (entered()) task_->stop_waiting();
    }
    /// Whether the task has waited, or does.
    [[nodiscard]] bool entered() const { return phase_ >= Phase::pending; }
    /// REQUIRES: entered().
    [[nodiscard]] TaskCore& task() const { return *task_; }

  private:
    enum class Phase : std::uint8_t { fresh, needless, pending, set, cancelled };

    void settle(Phase phase);

    // NOLINTBEGIN(readability-identifier-naming)
    union {
        Here here_;       // while it is fresh
        TaskCore* task_;  // once it was entered
    };
    // NOLINTEND(readability-identifier-naming)
    std::uint32_t number_;
    trace::Wait kind_;
    Phase phase_ = Phase::fresh;
};

/// One that stands alone.
class SingleWaiter final : public Waiter {
  public:
    using Waiter::Waiter;
};

}  // namespace loopscope::task
