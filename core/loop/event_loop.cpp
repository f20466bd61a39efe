#include "core/loop/event_loop.hpp"

#include <algorithm>
#include <utility>

namespace loopscope::loop {

using trace::Kind;
using trace::tagged;

/// Makes a loop the running one of this thread for as long as it lives.
class EventLoop::Scope {
  public:
    explicit Scope(EventLoop& loop) : before_(std::exchange(running_, &loop)) {}
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() { running_ = before_; }

  private:
    EventLoop* before_;
};

EventLoop::EventLoop(trace::Sink& sink, context::Storages& storages, Options options)
    : sink_(&sink), storages_(storages), options_(options) {}

EventLoop::~EventLoop() {
    const Scope scope(*this);
    trace::Discard nowhere;
    sink_ = &nowhere;
    closing_ = true;
    while (!tasks_.empty()) {
        Steppable& task = *tasks_.back();
        disown(task);
        task.abandon();
    }
    while (!watched_.empty()) {
        CallbackList& list = *watched_.back();
        unwatch(list);
        list.clear();
    }
    while (!ready_.empty()) {
        const Handle handle = ready_.pop();
        if (handle.kind() == Handle::Kind::call) handle.target().release();
    }
}

Progress EventLoop::run_once() {
    const Scope scope(*this);
    if (left_ == 0) {
        if (stopping_) return Progress::stopped;
        if (!begin_iteration()) return Progress::deadlock;
    }
    run_handle();
    return Progress::ran;
}

Progress EventLoop::run_iteration() {
    const Progress progress = run_once();
    const Scope scope(*this);
    while (left_ > 0) run_handle();
    return progress;
}

Progress EventLoop::run() {
    const Scope scope(*this);
    for (;;) {
        while (left_ > 0) run_handle();
        if (stopping_) return Progress::stopped;
        if (!begin_iteration()) return Progress::deadlock;
    }
}

void EventLoop::stop() {
    stopping_ = true;
    sink_->emit(Kind::stop);
}

bool EventLoop::begin_iteration() {
    if (!timers_.empty()) timers_.purge();
    if (ready_.empty()) {
        if (timers_.empty()) return false;
        now_ = std::max(now_, timers_.first_deadline());
        sink_->set_time(now_);
    }
    while (!timers_.empty() && timers_.first_deadline() <= now_) {
        const std::uint32_t slot = timers_.pop();
        sink_->emit(Kind::timer_due, 0, timers_[slot].id.value);
        ready_.push(Handle::timer(slot));
    }
    left_ = ready_.size();
    sink_->emit(Kind::iteration, ++iteration_, static_cast<std::uint32_t>(left_));
    return true;
}

void EventLoop::run_handle() {
    --left_;
    const Handle handle = ready_.pop();
    bool ran = true;
    switch (handle.kind()) {
        case Handle::Kind::step: step(handle.task()); break;
        case Handle::Kind::call: ran = call(&handle.target()); break;
        case Handle::Kind::timer: ran = call(timers_.take(handle.timer_slot())); break;
    }
    if (ran) {
        now_ += options_.step_cost;
        sink_->set_time(now_);
    }
}

void EventLoop::step(Steppable& task) {
    if (task.must_cancel) [[unlikely]] {
        task.must_cancel = false;
        if (task.resume == trace::Resume::first) task.returned = true;  // its body never runs
        task.resume = trace::Resume::cancelled;
    }
    sink_->emit(Kind::step, task.id.value, 0, tagged(task.resume));
    current_ = &task;
    vars_ = &task.context.vars;
    // Coroutines that await each other hand over by returning here, so that no chain of them, however long,
    // deepens the stack.
    if (!task.returned) {
        do {
            task.transfer = false;
            task.leaf.resume();
        } while (task.transfer);
    }
    if (task.returned) task.complete(*this);
    current_ = nullptr;
    vars_ = nullptr;
}

void EventLoop::step_now(Steppable& task) {
    Steppable* const outer = current_;
    context::ContextVars* const outer_vars = vars_;
    step(task);
    current_ = outer;
    vars_ = outer_vars;
}

bool EventLoop::call(Runnable* target) {
    if (!target || target->cancelled()) {
        sink_->emit(Kind::skip);
        if (target) target->release();
        return false;
    }
    sink_->emit(Kind::callback, target->serves().value, target->name().value, tagged(target->callback()));
    vars_ = target->context();
    try {
        target->run(*this);
    } catch (...) {  // NOLINT(bugprone-empty-catch): asyncio only logs it
    }
    vars_ = nullptr;
    sink_->emit(Kind::callback_end);
    target->release();
    return true;
}

void EventLoop::call_soon(Runnable& target) {
    sink_->emit(Kind::ready, target.serves().value, target.name().value, tagged(target.callback()));
    target.retain();
    ready_.push(Handle::call(target));
}

std::uint32_t EventLoop::call_at(Time deadline, Runnable& target) {
    const std::uint32_t slot = timers_.add(deadline, target);
    const auto bits = static_cast<std::uint64_t>(std::min(deadline.count(), trace::deadline_limit));
    const auto high = static_cast<std::uint32_t>(bits >> 32) & (trace::Event::line_limit - 1);
    sink_->emit(Kind::timer, target.serves().value, static_cast<std::uint32_t>(bits),
                tagged(target.callback(), high));
    if (target.name())
        sink_->emit(Kind::name, timers_[slot].id.value, target.name().value, tagged(trace::Named::timer));
    return slot;
}

void EventLoop::cancel_timer(std::uint32_t slot) {
    if (!timers_[slot].target) return;
    sink_->emit(Kind::timer_cancel, 0, timers_[slot].id.value);
    timers_.cancel(slot);
}

void EventLoop::adopt(Steppable& task) {
    task.owner = this;
    task.id = TaskId{++last_task_};
    task.slot = static_cast<std::uint32_t>(tasks_.size());
    tasks_.push_back(&task);
}

void EventLoop::disown(Steppable& task) {
    Steppable* const last = tasks_.back();
    tasks_[task.slot] = last;
    last->slot = task.slot;
    tasks_.pop_back();
}

void EventLoop::watch(CallbackList& list) {
    list.place_ = static_cast<std::uint32_t>(watched_.size());
    watched_.push_back(&list);
}

void EventLoop::unwatch(CallbackList& list) {
    CallbackList* const last = watched_.back();
    watched_[list.place_] = last;
    last->place_ = list.place_;
    watched_.pop_back();
    list.place_ = CallbackList::nowhere;
}

context::TaskContext EventLoop::inherit() {
    const context::Place here = place();
    return {here.dicts ? here.dicts->child() : context::TaskDicts{}, here.vars->copy()};
}

}  // namespace loopscope::loop
