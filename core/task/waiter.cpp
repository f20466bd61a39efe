#include "core/task/waiter.hpp"

namespace loopscope::task {

using trace::Kind;
using trace::Resume;
using trace::tagged;

void Waiter::enter(std::coroutine_handle<> leaf) {
    task_ = &current_task();
    task_->leaf = leaf;
    task_->resume = Resume::value;
}

void Waiter::wait() {
    task_->loop().sink().emit(Kind::suspend, task_->id.value, number_, tagged(kind_, here_.line));
    task_->wait_for(*this);
}

bool Waiter::cancel(Here) {
    if (done()) return false;
    settle(Phase::cancelled, Resume::cancelled);
    return true;
}

void Waiter::set() {
    assert(task_ && !done());
    settle(Phase::set, Resume::value);
}

void Waiter::settle(Phase phase, Resume resume) {
    phase_ = phase;
    loop::EventLoop& loop = task_->loop();
    if (loop.closing()) return;
    task_->resume = resume;
    loop.sink().emit(Kind::wake, task_->id.value, number_, tagged(kind_));
    loop.step_soon(*task_);
}

}  // namespace loopscope::task
