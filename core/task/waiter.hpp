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
/// | pending   | → set         | → cancelled, true      |
/// | set       | not allowed   | false                  |
/// | cancelled | not allowed   | false                  |
///
/// The state changes at once; the task resumes in the next iteration.
class Waiter : public Cancellable {
  public:
    /// What the task waits for, for the trace.
    Waiter(trace::Wait kind, std::uint32_t number, Here here) : number_(number), here_(here), kind_(kind) {}
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    [[nodiscard]] bool done() const { return phase_ != Phase::pending; }
    [[nodiscard]] bool cancelled() const { return phase_ == Phase::cancelled; }
    bool cancel(Here here) override;
    /// REQUIRES: the task waits and this is not done.
    void set();

    [[nodiscard]] bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> leaf) {
        enter(leaf);
        wait();
    }
    /// Throws CancelledError if the task was cancelled.
    void await_resume() const { resume(); }

  protected:
    ~Waiter() = default;

    /// The running task is the one that is about to wait, in the coroutine `leaf`.
    void enter(std::coroutine_handle<> leaf) {
        task_ = &current_task();
        task_->leaf = leaf;
        task_->resume = trace::Resume::value;
    }
    /// It waits from here on.
    void wait() {
        task_->loop().sink().emit(trace::Kind::suspend, task_->id.value, number_,
                                  trace::tagged(kind_, line_of(here_)));
        task_->wait_for(*this);
    }
    /// It has resumed, if it ever waited. Throws CancelledError if it was cancelled.
    void resume() const {
        if (task_) task_->stop_waiting();
    }
    /// Whether the task has waited, or does.
    [[nodiscard]] bool entered() const { return task_ != nullptr; }
    /// REQUIRES: entered().
    [[nodiscard]] TaskCore& task() const { return *task_; }
    [[nodiscard]] Here here() const { return here_; }
    /// For a number that is known only when the task is about to wait.
    void set_number(std::uint32_t number) { number_ = number; }

  private:
    enum class Phase : std::uint8_t { pending, set, cancelled };

    void settle(Phase phase, trace::Resume resume);

    TaskCore* task_ = nullptr;
    std::uint32_t number_;
    Here here_;
    trace::Wait kind_;
    Phase phase_ = Phase::pending;
};

/// One that stands alone.
class SingleWaiter final : public Waiter {
  public:
    using Waiter::Waiter;
};

}  // namespace loopscope::task
