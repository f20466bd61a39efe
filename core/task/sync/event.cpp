#include "core/task/sync/event.hpp"

namespace loopscope::task {

void Event::State::wake_all() const {
    for (Waiter* waiter = waiters_.first(); waiter; waiter = waiters_.next(*waiter)) {
        if (!waiter->woken()) waiter->wake();
    }
}

}  // namespace loopscope::task
