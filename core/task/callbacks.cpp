#include "core/task/callbacks.hpp"

namespace loopscope::task {

CallHandle CallHandle::soon(loop::EventLoop& loop, loop::Runnable& target) {
    CallHandle handle(loop, target);
    loop.call_soon(target);
    return handle;
}

CallHandle CallHandle::at(loop::EventLoop& loop, Time deadline, loop::Runnable& target) {
    CallHandle handle(loop, target);
    handle.deadline_ = deadline;
    handle.timer_ = loop.call_at(deadline, target);
    return handle;
}

void CallHandle::cancel() const {
    if (!target_ || target_->cancelled()) return;
    target_->cancel();
    if (deadline_ && loop_->timers()[timer_].target == target_.get()) loop_->cancel_timer(timer_);
}

UserCall::UserCall(loop::EventLoop& loop, const CallOptions& options)
    : context_(options.context.get() ? context::ContextVars(Ref(options.context.get()))
                                     : loop.place().vars->copy()),
      name_(options.name.empty() ? StringId{} : loop.sink().intern(options.name)) {}

}  // namespace loopscope::task
