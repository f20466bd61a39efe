// SPDX-License-Identifier: MIT
// Threads beside the loop: when they have their turn, and how they reach the loop.

#include "core/loop/event_loop_beside.hpp"

#include <utility>

namespace loopscope::loop {

using trace::Callback;
using trace::Kind;
using trace::tagged;

namespace {

/// Takes what was written to the loop's own pipe to wake it (`_read_from_self`,
/// Lib/asyncio/selector_events.py).
class ReadFromSelf final : public Runnable {
  public:
    explicit ReadFromSelf(StringId name) : name_(name) {}

    void run(EventLoop&) override {}
    [[nodiscard]] Callback callback() const override { return Callback::io; }
    [[nodiscard]] StringId name() const override { return name_; }

  private:
    StringId name_;
};

}  // namespace

/// Lets the threads work, as far as time can pass without anything to do for the loop.
void EventLoop::work_beside() {
    for (;;) {
        beside_threads_->work();
        if (!ready_.empty()) return;
        const std::optional<Time> next = beside_threads_->next_time();
        if (!next || (!timers_.empty() && timers_.first_deadline() < *next)) return;
        advance_to(*next);
    }
}

void EventLoop::block_until(Time end) {
    while (beside_threads_) {
        beside_threads_->work();
        const std::optional<Time> next = beside_threads_->next_time();
        if (!next || *next > end) break;
        advance_to(*next);
    }
    advance_to(end);
}

void EventLoop::call_soon_threadsafe(Runnable& target) {
    // The thread that calls: one beside this loop, or that of another loop.
    const TraceThread* caller = beside_.arguments ? &beside_.thread : nullptr;
    if (running_ && running_ != this) caller = &running_->thread_;
    if (caller) say_thread(thread_);
    call_soon(target);
    if (caller) say_thread(*caller);
    woken_ = true;
    plain_ = false;
}

/// Puts the callback behind what is ready that takes what woke the loop.
void EventLoop::push_wakeup() {
    woken_ = false;
    const Ref<Runnable> read(new ReadFromSelf(sink_->intern("_read_from_self")));
    call_soon(*read);
}

void EventLoop::say_thread(const TraceThread& thread) {
    const StringId name = thread.name ? thread.name : sink_->intern("MainThread");
    sink_->emit(Kind::thread, thread.number, name.value);
}

EventLoop::OnThread::OnThread(EventLoop& loop, const TraceThread& thread, TaskId task,
                              context::TaskDicts& arguments, context::ContextVars& vars)
    : loop_(loop),
      running_before_(std::exchange(running_, nullptr)),
      around_before_(std::exchange(around_, &loop)),
      current_(std::exchange(loop.current_, nullptr)),
      callback_vars_(std::exchange(loop.callback_vars_, &vars)),
      own_vars_(std::exchange(loop.own_vars_, nullptr)),
      outer_(std::exchange(loop.outer_, nullptr)),
      beside_(std::exchange(loop.beside_, Working{task, &arguments, thread})) {
    loop.storages_.forget_read();
    loop.say_thread(thread);
}

EventLoop::OnThread::~OnThread() {
    loop_.beside_ = beside_;
    loop_.outer_ = outer_;
    loop_.own_vars_ = own_vars_;
    loop_.callback_vars_ = callback_vars_;
    loop_.current_ = current_;
    around_ = around_before_;
    running_ = running_before_;
    loop_.storages_.forget_read();
    loop_.say_thread(loop_.thread_);
}

}  // namespace loopscope::loop
