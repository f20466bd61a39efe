#include "core/task/waiter.hpp"

namespace loopscope::task {

using trace::Resume;

bool Waiter::cancel(Here) {
    assert(entered());
    if (done()) return false;
    settle(Phase::cancelled, Resume::cancelled);
    return true;
}

void Waiter::set() {
    assert(phase_ == Phase::pending);
    settle(Phase::set, Resume::value);
}

void Waiter::settle(Phase phase, Resume resume) {
    phase_ = phase;
    loop::EventLoop& loop = task_->loop();
    if (loop.closing()) return;
    task_->resume = resume;
    loop.wake(*task_, kind_, number_);
}

}  // namespace loopscope::task
