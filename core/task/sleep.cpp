// SPDX-License-Identifier: MIT
#include "core/task/sleep.hpp"

#include <algorithm>
#include <utility>

#include "core/task/executor.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::task {
namespace {

/// A coroutine with the name of asyncio's, for the trace.
namespace coroutine {
Coro<> sleep(Duration delay, SourceLine here) {
    co_await task::sleep(delay, here);
}
}  // namespace coroutine

}  // namespace

Coro<> Yield::to_coroutine() const {
    return coroutine::sleep(Duration::zero(), here_);
}

Coro<> Sleep::to_coroutine() const {
    return coroutine::sleep(delay_, here_);
}

TimerWait::~TimerWait() {
    if (timer_ != none) task_->loop().drop_timer(timer_);
}

void TimerWait::begin(Duration delay, SourceLine here) {
    task_ = &current_task();
    loop::EventLoop& loop = task_->loop();
    timer_ = loop.call_at(after(loop.time(), delay), *this);
    task_->wait(trace::Wait::sleep, loop.timers()[timer_].id.value, here);
}

void TimerWait::await_resume() {
    // As asyncio's `finally: h.cancel()`: a cancelled sleep leaves its timer running until here.
    if (timer_ != none) task_->loop().cancel_timer(std::exchange(timer_, none));
    task_->end_wait();
}

void TimerWait::run(loop::EventLoop&) {
    timer_ = none;
    if (!task_->woken()) task_->wake();
}

void block_for(Duration duration) {
    if (duration < Duration::zero()) throw ValueError("sleep length must be non-negative");
    if (block_job(duration)) return;
    loop::EventLoop& loop = loop::EventLoop::get_running();
    loop.block_until(std::min(after(loop.time(), duration), trace::max_time));
}

}  // namespace loopscope::task
