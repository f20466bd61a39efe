#include "core/task/waiter.hpp"

namespace loopscope::task {

bool Waiter::cancel() {
    assert(begun());
    if (done()) return false;
    task_->resume = trace::Resume::cancelled;
    settle(Phase::cancelled);
    return true;
}

void Waiter::set() {
    assert(phase_ == Phase::pending);
    settle(Phase::set);
}

void Waiter::settle(Phase phase) {
    phase_ = phase;
    // Nearly always it is the loop that runs. That is found without a look at the task, and then compared: a
    // processor predicts the outcome, and need not wait for the task before it goes on.
    loop::EventLoop* const running = loop::EventLoop::running();
    if (running != &task_->loop()) [[unlikely]]
        return task_->loop().wake_from_outside(*task_, kind_, number_);
    running->wake(*task_, kind_, number_);
}

}  // namespace loopscope::task
