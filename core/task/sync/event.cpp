#include "core/task/sync/event.hpp"

namespace loopscope::task {

void Event::State::wake_all() const {
    for (ListedWaiter* waiter = waiters_.first(); waiter; waiter = waiters_.next(*waiter)) {
        if (!waiter->done()) waiter->set();
    }
}

}  // namespace loopscope::task
