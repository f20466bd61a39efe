// SPDX-License-Identifier: MIT
#include "core/task/sync/queue.hpp"

namespace loopscope::task {

/// The awaiter of a turn to put or to get. The task leaves the list when it is woken, not when it resumes.
class QueueCore::Turn {
  public:
    Turn(WaiterList& list, trace::Wait kind, ObjectId& object, SourceLine here)
        : list_(list), object_(object), here_(here), kind_(kind) {}

    [[nodiscard]] bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> leaf) {
        expect_leaf(leaf);
        wait_in(list_, kind_, object_, here_);
    }
    void await_resume() {
        came_ = !current_task().wait_cancelled();
        leave_list();
    }
    /// Returns whether the turn came: the task was woken, whatever else happened before it resumed.
    [[nodiscard]] bool came() const { return came_; }

  private:
    WaiterList& list_;
    ObjectId& object_;
    SourceLine here_;
    trace::Wait kind_;
    bool came_ = false;
};

void QueueCore::check_space() const {
    if (shut_down_) throw QueueShutDown("the queue has been shut down");
    if (full()) throw QueueFull("the queue is full");
}

void QueueCore::check_item() const {
    if (!empty()) return;
    if (shut_down_) throw QueueShutDown("the queue has been shut down");
    throw QueueEmpty("the queue is empty");
}

void QueueCore::item_put() {
    ++unfinished_;
    finished_.clear();
    wake_next(getters_);
}

void QueueCore::task_done(SourceLine here) {
    if (unfinished_ == 0) throw ValueError("task_done() was called more often than there were items");
    loop::EventLoop* const loop = loop::EventLoop::running();
    if (loop && !silent_)
        loop->sink().emit(trace::Kind::task_done, 0, loop->number(object_), about_line(here));
    if (--unfinished_ == 0) finished_.set();
}

void QueueCore::shutdown(bool immediate) {
    shut_down_ = true;
    if (immediate) {
        unfinished_ -= std::min(unfinished_, size());
        drop_items();
        if (unfinished_ == 0) finished_.set();
    }
    wake_all(getters_);
    wake_all(putters_);
}

void QueueCore::wake_next(WaiterList& waiters) {
    while (Waiter* const waiter = waiters.first()) {
        waiter->leave();
        if (waiter->woken()) continue;
        waiter->wake();
        return;
    }
}

void QueueCore::wake_all(WaiterList& waiters) {
    while (waiters.first()) wake_next(waiters);
}

Coro<> QueueCore::wait_for_space(SourceLine here) {
    if (shut_down_) throw QueueShutDown("the queue has been shut down");
    Turn turn(putters_, trace::Wait::queue_put, object_, here);
    try {
        co_await turn;
    } catch (...) {
        // Woken, but cancelled before it could put: the slot is for the next putter.
        if (!full() && turn.came()) wake_next(putters_);
        throw;
    }
}

Coro<> QueueCore::wait_for_item(SourceLine here) {
    if (shut_down_) throw QueueShutDown("the queue has been shut down");
    Turn turn(getters_, trace::Wait::queue_get, object_, here);
    try {
        co_await turn;
    } catch (...) {
        // Woken, but cancelled before it could get: the item is for the next getter.
        if (!empty() && turn.came()) wake_next(getters_);
        throw;
    }
}

}  // namespace loopscope::task
