// SPDX-License-Identifier: MIT
#include "core/loop/event_loop.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace loopscope::loop {

using trace::Kind;
using trace::tagged;

/// Makes a loop the running one of the calling thread for as long as the Scope lives. Afterwards no task is
/// current.
class EventLoop::Scope {
  public:
    explicit Scope(EventLoop& loop) : loop_(loop), before_(std::exchange(running_, &loop)) {}
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() {
        running_ = before_;
        loop_.current_ = nullptr;
    }

  private:
    EventLoop& loop_;
    EventLoop* before_;
};

EventLoop::EventLoop(trace::Sink& sink, context::Storages& storages, Options options)
    : sink_(&sink),
      storages_(storages),
      step_stamp_(trace::Sink::stamp_of(options.step_cost)),
      asyncio_(options.asyncio) {}

EventLoop::~EventLoop() {
    // No memory may be asked for here: that there is none may be why the loop ends.
    const Scope scope(*this);
    nowhere_->set_time(time());
    sink_ = nowhere_.get();
    closing_ = true;
    beside_threads_.reset();
    while (const FutureCore* const future = unretrieved_.any()) future->retrieve();
    while (!tasks_.empty()) {
        Steppable& task = *tasks_.back();
        unregister_task(task);
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

void RunningLoop::refuse_without_loop() {
    throw RuntimeError("no running event loop");
}

inline Progress EventLoop::begin_iteration() {
    assert(ready_.in_turn() == 0);
    if (!plain_) [[unlikely]] {
        if (stopping_) return Progress::stopped;
        wait_for_timers();
    }
    return ready_.waiting() > 0 ? Progress::ran : Progress::deadlock;
}

inline void EventLoop::emit_iteration(std::size_t snapshot) {
    sink_->emit(Kind::iteration, ++iteration_, static_cast<std::uint32_t>(snapshot));
}

Progress EventLoop::run_once() {
    const Scope scope(*this);
    if (left_in_iteration() == 0) {
        if (const Progress progress = begin_iteration(); progress != Progress::ran) return progress;
        ready_.begin_turn();
        emit_iteration(left_in_iteration());
    }
    if (chooser_) [[unlikely]]
        shuffle_ready();
    run_handle(ready_.pop(), *sink_, step_stamp_);
    return Progress::ran;
}

Progress EventLoop::run_iteration() {
    const Progress progress = run_once();
    while (chooser_ && left_in_iteration() > 0) run_once();
    const Scope scope(*this);
    run_all(ready_.take_turn(), *sink_, step_stamp_);
    return progress;
}

Progress EventLoop::run() {
    while (chooser_) {
        if (const Progress progress = run_once(); progress != Progress::ran) return progress;
    }
    const Scope scope(*this);
    trace::Sink& sink = *sink_;
    const std::uint64_t cost = step_stamp_;
    run_all(ready_.take_turn(), sink, cost);
    for (;;) {
        if (const Progress progress = begin_iteration(); progress != Progress::ran) return progress;
        const std::span<const Handle> snapshot = ready_.take_waiting();
        if (begin_with_step(snapshot, sink)) [[likely]] {
            resume(*current_);
            sink.advance(cost);
            run_all(snapshot.subspan(1), sink, cost);
        } else {
            emit_iteration(snapshot.size());
            run_all(snapshot, sink, cost);
        }
    }
}

// Nearly all iterations begin with a task's step, so the events of the iteration and of the step are written
// together.
inline bool EventLoop::begin_with_step(std::span<const Handle> snapshot, trace::Sink& sink) {
    const Handle first = snapshot.front();
    if (first.kind() != Handle::Kind::step || first.task().must_cancel || !sink.has_room_for(2)) return false;
    Steppable& task = first.task();
    sink.fetch_ahead();
    sink.put({Kind::iteration, ++iteration_, static_cast<std::uint32_t>(snapshot.size()), 0},
             {Kind::step, task.id().value, 0, tagged(task.resume)});
    current_ = &task;
    return true;
}

void EventLoop::stop() {
    stopping_ = true;
    plain_ = false;
    sink_->emit(Kind::stop);
}

std::optional<Time> EventLoop::next_time() {
    if (!ready_.empty() || woken_) return time();
    timers_.purge();
    std::optional<Time> next = beside_threads_ ? beside_threads_->next_time() : std::nullopt;
    if (!timers_.empty() && timers_.first_deadline() != never)
        next = std::min(next.value_or(never), timers_.first_deadline());
    return next ? std::max(time(), *next) : next;
}

void EventLoop::advance_to(Time now) {
    sink_->set_time(std::max(time(), now));
}

// One step of the shuffle of the snapshot: brings one of the handles that are left to the front.
void EventLoop::shuffle_ready() {
    const std::size_t left = left_in_iteration();
    if (!chooser_->freedoms().ready || left < 2) return;
    ready_.move_up(chooser_->choose(Freedom::ready, static_cast<std::uint32_t>(left)), 0);
}

// The handles were all taken out of the queue before: nobody looks at the queue meanwhile.
inline void EventLoop::run_all(std::span<const Handle> handles, trace::Sink& sink, std::uint64_t cost) {
    constexpr std::ptrdiff_t ahead = 4;
    const Handle* handle = handles.data();
    const Handle* const end = handle + handles.size();
    for (; end - handle > ahead; ++handle) {
        __builtin_prefetch(handle[ahead].address());  // loaded while the handles before it run
        run_handle(*handle, sink, cost);
    }
    for (; handle != end; ++handle) run_handle(*handle, sink, cost);
}

inline void EventLoop::run_handle(Handle handle, trace::Sink& sink, std::uint64_t cost) {
    if (handle.kind() != Handle::Kind::step) [[unlikely]]
        return run_call(handle);
    step(handle.task(), sink);
    sink.advance(cost);
}

void EventLoop::run_call(Handle handle) {
    const bool timer = handle.kind() == Handle::Kind::timer;
    if (call(timer ? timers_.take(handle.timer_slot()) : &handle.target())) sink_->advance(step_stamp_);
}

// current_ is left as it is until the next handle or the end of the scope: nobody reads it in between.
inline void EventLoop::step(Steppable& task, trace::Sink& sink) {
    if (task.must_cancel) [[unlikely]]
        return step_cancelled(task);
    begin_step(task, sink);
    resume(task);
}

inline void EventLoop::begin_step(Steppable& task, trace::Sink& sink) {
    sink.fetch_ahead();
    sink.emit(Kind::step, task.id().value, 0, tagged(task.resume));
    current_ = &task;
}

inline void EventLoop::resume(Steppable& task) {
    task.leaf.resume();
    if (exit_ != Exit::suspended) [[unlikely]]
        hand_over(task);
}

// Makes the step throw CancelledError; a body that has not begun does not run at all, but for some.
void EventLoop::step_cancelled(Steppable& task) {
    const bool has_begun = task.resume != trace::Resume::first || begins_cancelled(task);
    task.must_cancel = false;
    task.resume = trace::Resume::cancelled;
    begin_step(task, *sink_);
    if (has_begun)
        resume(task);
    else
        task.complete();
}

// Returns whether the body of a task that has not begun begins with a CancelledError, which then is on its
// way.
bool EventLoop::begins_cancelled(const Steppable& task) {
    if (!task_notes_.take_begins_cancelled(task)) return false;
    raise(std::make_exception_ptr(CancelledError(task_notes_.take_message(task))));
    return true;
}

// Coroutines that await each other hand over by returning here, so that no chain of them, however long,
// deepens the stack.
void EventLoop::hand_over(Steppable& task) {
    while (exit_ == Exit::transferred) {
        exit_ = Exit::suspended;
        task.leaf.resume();
    }
    if (exit_ != Exit::returned) return;
    exit_ = Exit::suspended;
    task.complete();
}

void EventLoop::make_room_and_step(Steppable& task, Kind kind, std::uint32_t a, std::uint32_t b) {
    sink_->emit(kind, task.id().value, a, b);
    step_soon(task);
}

void EventLoop::wake_from_outside(Steppable& task, trace::Wait wait, std::uint32_t number) {
    wake(task, wait, number);
}

void EventLoop::step_now(Steppable& task) {
    Steppable* const before = current_;
    Outer outer{scope().vars, outer_};
    outer_ = &outer;
    const context::ContextVars* const own_vars = std::exchange(own_vars_, nullptr);
    step(task, *sink_);
    own_vars_ = own_vars;
    outer_ = outer.before;
    current_ = before;
}

bool EventLoop::call(Runnable* target) {
    current_ = nullptr;
    if (!target || target->cancelled()) {
        sink_->emit(Kind::skip);
        if (target) target->release();
        return false;
    }
    sink_->emit(Kind::callback, target->serves().value, target->name().value, tagged(target->callback()));
    callback_vars_ = target->context();
    try {
        target->run(*this);
    } catch (...) {
        call_exception_handler(
            {Unhandled::Kind::callback, std::current_exception(), target->serves(), target->name()});
    }
    callback_vars_ = nullptr;
    sink_->emit(Kind::callback_end);
    target->release();
    return true;
}

void EventLoop::call_soon(Runnable& target) {
    sink_->emit(Kind::ready, target.serves().value, target.name().value, tagged(target.callback()));
    target.retain();
    ready_.push(Handle::call(target));
}

void EventLoop::call_exception_handler(const Unhandled& unhandled) const {
    if (!exception_handler_) return;
    try {
        exception_handler_(unhandled);
    } catch (...) {
        return;
    }
}

void EventLoop::give_up_unretrieved() {
    for (const FutureCore* const future : unretrieved_.in_order()) future->give_up_exception();
}

void EventLoop::register_task(Steppable& task) {
    task.set_id(sink_->next_task());
    task.slot = static_cast<std::uint32_t>(tasks_.size());
    tasks_.push_back(&task);
    storages_.forget_read();  // its address may have been another task's
}

void EventLoop::unregister_task(Steppable& task) {
    Steppable* const last = tasks_.back();
    tasks_[task.slot] = last;
    last->slot = task.slot;
    tasks_.pop_back();
}

void EventLoop::watch(CallbackList& list) {
    watched_.push_back(&list);  // first: where there is no memory for that, the list is not watched
    list.many()->slot = static_cast<std::uint32_t>(watched_.size() - 1);
}

void EventLoop::unwatch(CallbackList& list) {
    CallbackList* const last = watched_.back();
    watched_[list.many()->slot] = last;
    last->many()->slot = list.many()->slot;
    watched_.pop_back();
    list.many()->slot = CallbackList::nowhere;
}

}  // namespace loopscope::loop
