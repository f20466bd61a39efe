// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <memory>

#include "core/task/task.hpp"

namespace loopscope::task {

/// The timer of a sleep. Lives in the coroutine's frame and allocates nothing.
class TimerWait final : public loop::Runnable {
  public:
    TimerWait() = default;
    ~TimerWait() override;

    /// Starts the timer and has the running task wait for it. The task has to suspend right after.
    void begin(Duration delay, SourceLine here);
    /// Ends the wait. Throws CancelledError if the task was cancelled.
    void await_resume();

    void run(loop::EventLoop& loop) override;
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::sleep; }
    [[nodiscard]] TaskId serves() const override { return task_->id(); }

  private:
    void dispose() override {}

    static constexpr std::uint32_t none = ~std::uint32_t{0};

    TaskCore* task_ = nullptr;
    std::uint32_t timer_ = none;  // the slot of the timer, while it runs
};

/// The awaitable of `asyncio.sleep(0)` (`__sleep0`, Lib/asyncio/tasks.py): the running task runs again in the
/// next iteration, and there is nothing to cancel meanwhile.
class [[nodiscard]] Yield {
  public:
    explicit Yield(SourceLine here) : here_(here) {}

    [[nodiscard]] bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> leaf) const {
        expect_leaf(leaf);
        loop::EventLoop::running()->yield(line_of(here_));
    }
    /// Throws CancelledError if the task was cancelled.
    void await_resume() const { current_task().check_cancelled(); }
    /// Returns a copy: a Yield has its line already.
    [[nodiscard]] Yield await_at(SourceLine /*line*/) const { return *this; }
    [[nodiscard]] Coro<> to_coroutine() const;

  private:
    SourceLine here_;
};

/// The awaitable of `asyncio.sleep` (Lib/asyncio/tasks.py): suspends the running task for a time.
///
/// A delay of 0 or less is a bare yield: the task runs again in the next iteration, and there is nothing to
/// cancel meanwhile. Otherwise a timer, once due, wakes the task, which resumes one iteration later.
class [[nodiscard]] Sleep {
  public:
    // A yield does not even construct the timer.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): of a union one member is initialised
    Sleep(Duration delay, SourceLine here) : delay_(delay), here_(here) {
        if (timed()) std::construct_at(&wait_);
    }
    Sleep(const Sleep&) = delete;
    Sleep& operator=(const Sleep&) = delete;
    ~Sleep() {
        if (timed()) std::destroy_at(&wait_);
    }

    [[nodiscard]] bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> leaf) {
        if (!timed()) return Yield(here_).await_suspend(leaf);
        expect_leaf(leaf);
        wait_.begin(delay_, here_);
    }
    [[nodiscard]] Coro<> to_coroutine() const;
    /// Throws CancelledError if the task was cancelled.
    void await_resume() {
        if (timed())
            wait_.await_resume();
        else
            current_task().check_cancelled();
    }

  private:
    [[nodiscard]] bool timed() const { return delay_ > Duration::zero(); }

    Duration delay_;
    SourceLine here_;
    // clang-tidy takes what stands in a union for public.
    // NOLINTBEGIN(readability-identifier-naming)
    union {
        TimerWait wait_;  // if timed()
    };
    // NOLINTEND(readability-identifier-naming)
};

/// The literal 0 of `sleep(0)`, known at compile time, so that no code for a timer is generated.
struct Zero {
    template <std::same_as<int> Number>
    consteval Zero(Number number) {  // NOLINT(google-explicit-constructor,hicpp-explicit-conversions)
        if (number != 0) throw "give a Duration, such as 100ms";
    }
};
/// Returns an awaitable that suspends the running task until the next iteration.
inline Yield sleep(Zero /*delay*/, SourceLine here = SourceLine(__builtin_LINE())) {
    return Yield(here);
}

/// Returns an awaitable that suspends the running task for `delay`.
inline Sleep sleep(Duration delay, SourceLine here = SourceLine(__builtin_LINE())) {
    return {delay, here};
}

/// Stands still for a while, as a coroutine does that calls `time.sleep`: nothing else of the loop runs
/// meanwhile, and what comes due is late. In an executor's job it is the job's thread alone that stands
/// still. Throws RuntimeError if no loop runs, ValueError for a negative duration.
void block_for(Duration duration);

}  // namespace loopscope::task
