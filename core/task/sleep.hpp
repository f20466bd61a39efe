#pragma once

#include "core/task/waiter.hpp"

namespace loopscope::task {

/// `asyncio.sleep`: suspends the running task for a time.
///
/// A delay of 0 or less is a bare yield: the task runs again in the next iteration, and nothing can be
/// cancelled meanwhile. Otherwise a timer, once due, wakes the task, which resumes one iteration later. Lives
/// in the coroutine's frame and allocates nothing: it is the timer's callback and the future that asyncio
/// makes for it, in one.
class [[nodiscard]] Sleep final : public Waiter, public loop::Runnable {
  public:
    Sleep(Duration delay, Here here) : Waiter(trace::Wait::sleep, 0, here), delay_(delay) {}
    ~Sleep() override;

    void await_suspend(std::coroutine_handle<> leaf);
    /// Throws CancelledError if the task was cancelled.
    void await_resume();

    using Waiter::cancel;
    void run(loop::EventLoop& loop) override;
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::sleep; }
    [[nodiscard]] TaskId serves() const override { return task().id; }

  private:
    void dispose() override {}

    Duration delay_;
    std::uint32_t timer_ = 0;
    bool timer_runs_ = false;
};

inline Sleep sleep(Duration delay, Here here = __builtin_LINE()) {
    return {delay, here};
}

}  // namespace loopscope::task
