#include "core/task/sleep.hpp"

namespace loopscope::task {

using trace::Kind;
using trace::Resume;
using trace::tagged;
using trace::Wait;

Sleep::~Sleep() {
    if (timer_runs_) task_->loop().drop_timer(timer_);
}

void Sleep::await_suspend(std::coroutine_handle<> leaf) {
    TaskCore& task = current_task();
    loop::EventLoop& loop = task.loop();
    task.leaf = leaf;
    task.resume = Resume::value;
    if (delay_ <= Duration::zero()) {
        loop.sink().emit(Kind::suspend, task.id.value, 0, tagged(Wait::yield, here_.line));
        loop.step_soon(task);
        return;
    }
    task_ = &task;
    timer_ = loop.call_at(loop.time() + delay_, *this);
    timer_runs_ = true;
    loop.sink().emit(Kind::suspend, task.id.value, loop.timers()[timer_].id.value, tagged(Wait::sleep, here_.line));
    task.wait_for(*this);
}

void Sleep::await_resume() {
    // As asyncio's `finally: h.cancel()`: a cancelled sleep leaves its timer running until here.
    if (timer_runs_) {
        task_->loop().cancel_timer(timer_);
        timer_runs_ = false;
    }
    current_task().stop_waiting();
}

bool Sleep::cancel(Here) {
    if (done_) return false;
    wake(Resume::cancelled);
    return true;
}

void Sleep::run(loop::EventLoop&) {
    timer_runs_ = false;
    if (!done_) wake(Resume::value);
}

void Sleep::wake(Resume resume) {
    done_ = true;
    task_->resume = resume;
    loop::EventLoop& loop = task_->loop();
    loop.sink().emit(Kind::wake, task_->id.value, loop.timers()[timer_].id.value, tagged(Wait::sleep));
    loop.step_soon(*task_);
}

}  // namespace loopscope::task
