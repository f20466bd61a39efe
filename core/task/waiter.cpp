// SPDX-License-Identifier: MIT
#include "core/task/waiter.hpp"

#include "core/task/task.hpp"

namespace loopscope::task {

bool Waiter::cancel_wait() {
    if (phase_ != Phase::pending) return false;
    task().resume = trace::Resume::cancelled;
    wake_as(Phase::cancelled);
    return true;
}

}  // namespace loopscope::task
