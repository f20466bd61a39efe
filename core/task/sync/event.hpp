#pragma once

#include "core/task/sync/waiter_list.hpp"

namespace loopscope::task {

/// A flag that tasks wait for (`asyncio.Event`, Lib/asyncio/locks.py). A handle: copies are the same event.
///
/// set() wakes all who wait, in the order in which they came, one iteration later; a clear() in between does
/// not stop them.
class Event {
  public:
    class Wait;

    Event() : state_(new State) {}

    /// Waits until the flag is set; takes no hop if it is.
    Wait wait(Here here = Here(__builtin_LINE())) const;
    void set() const;
    void clear() const { state_->flag = false; }
    [[nodiscard]] bool is_set() const { return state_->flag; }

  private:
    struct State : RefCounted<State>, Pooled {
        ObjectId object;
        bool flag = false;
        WaiterList waiters;
    };

    Ref<State> state_;
};

/// Waiting for an event.
class [[nodiscard]] Event::Wait final : public ListedWaiter {
  public:
    Wait(Ref<State> state, Here here) : ListedWaiter(trace::Wait::event, 0, here), state_(std::move(state)) {}

    [[nodiscard]] bool await_ready() const { return state_->flag; }
    void await_suspend(std::coroutine_handle<> leaf);
    void await_resume();

  private:
    Ref<State> state_;
};

inline Event::Wait Event::wait(Here here) const {
    return {state_, here};
}

}  // namespace loopscope::task
