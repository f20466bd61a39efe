#include "core/task/waiter.hpp"

namespace loopscope::task {

bool Waiter::cancel(Here) {
    assert(entered());
    if (done()) return false;
    if (!task_->loop().closing()) task_->resume = trace::Resume::cancelled;
    settle(Phase::cancelled);
    return true;
}

void Waiter::set() {
    assert(phase_ == Phase::pending);
    settle(Phase::set);
}

void Waiter::settle(Phase phase) {
    phase_ = phase;
    loop::EventLoop& loop = task_->loop();
    if (!loop.closing()) loop.wake(*task_, kind_, number_);
}

}  // namespace loopscope::task
