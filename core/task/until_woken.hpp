// SPDX-License-Identifier: MIT
#pragma once

#include "core/task/task.hpp"

namespace loopscope::task {

/// An awaitable that suspends the running task until somebody wakes it (Waiter::wake).
class [[nodiscard]] UntilWoken {
  public:
    /// `kind` and `number` are what the trace says that the task waits for, `here` is the line of its
    /// `co_await`.
    UntilWoken(trace::Wait kind, std::uint32_t number, SourceLine here)
        : number_(number), here_(here), kind_(kind) {}

    [[nodiscard]] bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> leaf) const {
        expect_leaf(leaf);
        current_task().wait(kind_, number_, here_);
    }
    /// Ends the wait. Throws CancelledError if the task was cancelled.
    void await_resume() const { current_task().end_wait(); }

  private:
    std::uint32_t number_;
    SourceLine here_;
    trace::Wait kind_;
};

}  // namespace loopscope::task
