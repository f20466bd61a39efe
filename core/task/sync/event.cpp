#include "core/task/sync/event.hpp"

namespace loopscope::task {

void Event::set() const {
    if (std::exchange(state_->flag_, true)) return;
    WaiterList& waiters = state_->waiters_;
    for (ListedWaiter* waiter = waiters.first(); waiter; waiter = waiters.next(*waiter)) {
        if (!waiter->done()) waiter->set();
    }
}

}  // namespace loopscope::task
