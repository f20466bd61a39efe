#include "core/task/sync/event.hpp"

namespace loopscope::task {

void Event::set() const {
    if (std::exchange(state_->flag, true)) return;
    for (ListedWaiter* waiter = state_->waiters.first(); waiter; waiter = state_->waiters.next(*waiter)) {
        if (!waiter->done()) waiter->set();
    }
}

void Event::Wait::await_suspend(std::coroutine_handle<> leaf) {
    enter(leaf);
    set_number(task().loop().number(state_->object));
    state_->waiters.push(*this);
    wait();
}

void Event::Wait::await_resume() {
    leave();
    resume();
}

}  // namespace loopscope::task
