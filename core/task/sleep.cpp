#include "core/task/sleep.hpp"

#include <utility>

namespace loopscope::task {

TimerWait::~TimerWait() {
    if (timer_ != none) task().loop().drop_timer(timer_);
}

void TimerWait::begin(Duration delay, Here here) {
    enter();
    loop::EventLoop& loop = task().loop();
    timer_ = loop.call_at(loop.time() + delay, *this);
    wait(trace::Wait::sleep, loop.timers()[timer_].id.value, here);
}

void TimerWait::await_resume() {
    // As asyncio's `finally: h.cancel()`: a cancelled sleep leaves its timer running until here.
    if (timer_ != none) task().loop().cancel_timer(std::exchange(timer_, none));
    resume();
}

void TimerWait::run(loop::EventLoop&) {
    timer_ = none;
    if (!done()) set();
}

}  // namespace loopscope::task
