// SPDX-License-Identifier: MIT
#include "core/task/callbacks.hpp"

namespace loopscope::task {

void cancel_timer(loop::EventLoop& loop, loop::Runnable& target, std::uint32_t slot) {
    if (target.cancelled()) return;
    target.cancel();
    if (loop.timers()[slot].target == &target) loop.cancel_timer(slot);
}

CallHandle CallHandle::soon(loop::EventLoop& loop, loop::Runnable& target) {
    CallHandle handle(loop, target);
    loop.call_soon(target);
    return handle;
}

CallHandle CallHandle::soon_threadsafe(loop::EventLoop& loop, loop::Runnable& target) {
    CallHandle handle(loop, target);
    loop.call_soon_threadsafe(target);
    return handle;
}

CallHandle CallHandle::at(loop::EventLoop& loop, Time deadline, loop::Runnable& target) {
    CallHandle handle(loop, target);
    handle.deadline_ = deadline;
    handle.timer_ = loop.call_at(deadline, target);
    return handle;
}

void CallHandle::cancel() const {
    if (!target_) return;
    if (deadline_)
        cancel_timer(*loop_, *target_, timer_);
    else
        target_->cancel();
}

/// Returns a copy of the context that is current for who schedules something on a loop, which may be another
/// loop's thread.
static context::ContextVars copied_for(loop::EventLoop& loop) {
    loop::EventLoop* const running = loop::EventLoop::running();
    return (running ? *running : loop).scope().vars->copy();
}

UserCall::UserCall(loop::EventLoop& loop, const CallOptions& options)
    : context_(options.context.get() ? context::ContextVars(Ref(options.context.get())) : copied_for(loop)),
      name_(options.name.empty() ? StringId{} : loop.sink().intern(options.name)) {}

}  // namespace loopscope::task
