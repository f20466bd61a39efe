// SPDX-License-Identifier: MIT
#pragma once

#include "core/loop/event_loop.hpp"

namespace loopscope::loop {

/// Runs what the calling thread does in a context, for as long as the object lives (Context.run).
class EventLoop::Within {
  public:
    /// Enters a context. Throws RuntimeError if it is entered already.
    Within(EventLoop& loop, const Ref<context::Context>& context);
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;
    ~Within();

  private:
    void exchange();

    EventLoop& loop_;
    context::ContextVars vars_;  // the task's own meanwhile, if one runs
    context::ContextVars* callback_vars_;
    const context::ContextVars* own_vars_;
    Outer outer_;
};

}  // namespace loopscope::loop
