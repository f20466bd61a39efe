// SPDX-License-Identifier: MIT
#pragma once

#include "core/loop/event_loop.hpp"

namespace loopscope::loop {

/// Has the calling thread do what another one does that is beside the loop, for as long as the object lives:
/// no task runs there, and in the trace all happens on that thread.
class EventLoop::OnThread {
  public:
    OnThread(EventLoop& loop, const TraceThread& thread, TaskId task, context::TaskDicts& arguments,
             context::ContextVars& vars);
    OnThread(const OnThread&) = delete;
    OnThread& operator=(const OnThread&) = delete;
    ~OnThread();

  private:
    EventLoop& loop_;
    EventLoop* running_before_;
    EventLoop* around_before_;
    Steppable* current_;
    context::ContextVars* callback_vars_;
    const context::ContextVars* own_vars_;
    Outer* outer_;
    Working beside_;
};

}  // namespace loopscope::loop
