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

    /// The running task waits from here on, for that long. It is to suspend now.
    void begin(Duration delay, Here here);
    /// Throws CancelledError if the task was cancelled.
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

/// `asyncio.sleep(0)` (`__sleep0`, Lib/asyncio/tasks.py): the running task runs again in the next iteration,
/// and nothing can be cancelled meanwhile.
class [[nodiscard]] Yield {
  public:
    explicit Yield(Here here) : here_(here) {}

    [[nodiscard]] bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> leaf) const {
        expect_leaf(leaf);
        loop::EventLoop::running()->yield(line_of(here_));
    }
    /// Throws CancelledError if the task was cancelled.
    void await_resume() const { current_task().check_cancelled(); }
    /// Itself: there is nothing that a copy could not do.
    [[nodiscard]] Yield await_at(Here /*line*/) const { return *this; }
    [[nodiscard]] Coro<> to_coroutine() const;

  private:
    Here here_;
};

/// `asyncio.sleep` (Lib/asyncio/tasks.py): suspends the running task for a time.
///
/// A delay of 0 or less is a bare yield: the task runs again in the next iteration, and nothing can be
/// cancelled meanwhile. Otherwise a timer, once due, wakes the task, which resumes one iteration later.
class [[nodiscard]] Sleep {
  public:
    // What only a timer needs is not even constructed for a yield.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): of a union one member is initialised
    Sleep(Duration delay, Here here) : delay_(delay), here_(here) {
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
    Here here_;
    // clang-tidy takes what stands in a union for public.
    // NOLINTBEGIN(readability-identifier-naming)
    union {
        TimerWait wait_;  // if timed()
    };
    // NOLINTEND(readability-identifier-naming)
};

/// The number 0, as it stands in `sleep(0)`: known when it is compiled, so that no timer is thought of.
struct Zero {
    template <std::same_as<int> Number>
    consteval Zero(Number number) {  // NOLINT(google-explicit-constructor,hicpp-explicit-conversions)
        if (number != 0) throw "give a Duration, such as 100ms";
    }
};
inline Yield sleep(Zero /*delay*/, Here here = Here(__builtin_LINE())) {
    return Yield(here);
}

inline Sleep sleep(Duration delay, Here here = Here(__builtin_LINE())) {
    return {delay, here};
}

}  // namespace loopscope::task
