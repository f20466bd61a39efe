#include "core/task/sleep.hpp"

namespace loopscope::task {

TimerWait::~TimerWait() {
    if (timer_runs_) task().loop().drop_timer(timer_);
}

void TimerWait::await_suspend(std::coroutine_handle<> leaf, Duration delay) {
    enter(leaf);
    loop::EventLoop& loop = task().loop();
    timer_ = loop.call_at(loop.time() + delay, *this);
    timer_runs_ = true;
    set_number(loop.timers()[timer_].id.value);
    wait();
}

void TimerWait::await_resume() {
    // As asyncio's `finally: h.cancel()`: a cancelled sleep leaves its timer running until here.
    if (timer_runs_) {
        task().loop().cancel_timer(timer_);
        timer_runs_ = false;
    }
    resume();
}

void TimerWait::run(loop::EventLoop&) {
    timer_runs_ = false;
    if (!done()) set();
}

}  // namespace loopscope::task
