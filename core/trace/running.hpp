// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "core/trace/event.hpp"

namespace loopscope::trace {

/// Follows which task runs, event by event. An eager start runs inside the step or the callback that made the
/// task; that one goes on when the new task waits or ends. Each OS thread has a running task of its own; the
/// results are about the thread that the last `thread` event named.
class Running {
  public:
    /// Applies the next event.
    void apply(const Event& event) {
        const Kind kind = event.kind();
        if (kind == Kind::step) {
            if (starts_nested(event)) outer_.push_back(task_);
            starting_ = {};
            task_ = event.task();
        } else if (kind == Kind::suspend || kind == Kind::finish) {
            task_ = nested() ? outer_.back() : TaskId{};
            if (nested()) outer_.pop_back();
        } else if (kind == Kind::spawn && event.tag<Start>() == Start::eager) {
            starting_ = event.task();
        } else if (kind == Kind::thread) {
            switch_thread(event.subject);
        }
    }

    /// Returns the task whose step is under way; none: no step is.
    [[nodiscard]] TaskId task() const { return task_; }
    /// Returns whether the step under way runs inside another handle.
    [[nodiscard]] bool nested() const { return !outer_.empty(); }
    /// Returns whether a step that was not applied yet is an eager start.
    [[nodiscard]] bool starts_nested(const Event& step) const {
        return starting_ && step.task() == starting_;
    }

  private:
    /// The steps of a thread while another thread has its turn.
    struct Halted {
        std::uint32_t thread = 0;
        TaskId task;
        std::vector<TaskId> outer;
    };
    // Rare, and mostly nothing is under way then.
    void switch_thread(std::uint32_t thread) {
        if (thread == thread_) return;
        if (task_ || nested()) halted_.push_back({thread_, task_, std::move(outer_)});
        thread_ = thread;
        task_ = {};
        outer_.clear();
        const auto goes_on = std::ranges::find(halted_, thread, &Halted::thread);
        if (goes_on == halted_.end()) return;
        task_ = goes_on->task;
        outer_ = std::move(goes_on->outer);
        halted_.erase(goes_on);
    }

    std::uint32_t thread_ = 1;
    std::vector<Halted> halted_;
    TaskId task_;
    TaskId starting_;            // an eager task that was made, and whose first step comes next
    std::vector<TaskId> outer_;  // what runs around task_, none for a callback
};

}  // namespace loopscope::trace
