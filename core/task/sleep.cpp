#include "core/task/sleep.hpp"

namespace loopscope::task {

using trace::Kind;
using trace::tagged;
using trace::Wait;

Sleep::~Sleep() {
    if (timer_runs_) task().loop().drop_timer(timer_);
}

void Sleep::await_suspend(std::coroutine_handle<> leaf) {
    enter(leaf);
    loop::EventLoop& loop = task().loop();
    if (delay_ <= Duration::zero()) {
        loop.sink().emit(Kind::suspend, task().id.value, 0, tagged(Wait::yield, here().line));
        loop.step_soon(task());
        return;
    }
    timer_ = loop.call_at(loop.time() + delay_, *this);
    timer_runs_ = true;
    set_number(loop.timers()[timer_].id.value);
    wait();
}

void Sleep::await_resume() {
    // As asyncio's `finally: h.cancel()`: a cancelled sleep leaves its timer running until here.
    if (timer_runs_) {
        task().loop().cancel_timer(timer_);
        timer_runs_ = false;
    }
    resume();
}

void Sleep::run(loop::EventLoop&) {
    timer_runs_ = false;
    if (!done()) set();
}

}  // namespace loopscope::task
