// SPDX-License-Identifier: MIT
#include "core/task/sync/queue.hpp"

namespace loopscope::task {

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
    ++size_;
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
        unfinished_ -= std::min(unfinished_, size_);
        drop_items();
        size_ = 0;
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

QueueCore::Turn QueueCore::turn_to_put(SourceLine here) {
    if (shut_down_) throw QueueShutDown("the queue has been shut down");
    return {putters_, trace::Wait::queue_put, object_, here};
}

void QueueCore::pass_on_slot(const Turn& turn) {
    // Woken, but cancelled before it could put: the slot is for the next putter.
    if (!full() && turn.came()) wake_next(putters_);
}

QueueCore::Turn QueueCore::turn_to_get(SourceLine here) {
    if (shut_down_) throw QueueShutDown("the queue has been shut down");
    return {getters_, trace::Wait::queue_get, object_, here};
}

void QueueCore::pass_on_item(const Turn& turn) {
    // Woken, but cancelled before it could get: the item is for the next getter.
    if (!empty() && turn.came()) wake_next(getters_);
}

}  // namespace loopscope::task
