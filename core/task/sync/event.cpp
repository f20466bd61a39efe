// SPDX-License-Identifier: MIT
#include "core/task/sync/event.hpp"

namespace loopscope::task {

Coro<> Event::State::wait(Ref<const State> state) {
    co_await *state;
}

void Event::State::wake_all() const {
    for (Waiter* waiter = waiters_.first(); waiter; waiter = waiters_.next(*waiter)) {
        if (!waiter->woken()) waiter->wake();
    }
}

}  // namespace loopscope::task
