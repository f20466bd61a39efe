#pragma once

#include <vector>

#include "core/trace/event.hpp"

namespace loopscope::trace {

/// Follows which task runs, event by event. An eager start runs inside the step, or the callback, that made
/// the task, which goes on when the new task waits or ends.
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
        }
    }

    /// The task whose step is under way; none: none is.
    [[nodiscard]] TaskId task() const { return task_; }
    /// Whether that step runs inside another handle.
    [[nodiscard]] bool nested() const { return !outer_.empty(); }
    /// Whether a step that is not applied yet is an eager start.
    [[nodiscard]] bool starts_nested(const Event& step) const {
        return starting_ && step.task() == starting_;
    }

  private:
    TaskId task_;
    TaskId starting_;            // an eager task that was made, and whose first step comes next
    std::vector<TaskId> outer_;  // what runs around task_, none for a callback
};

}  // namespace loopscope::trace
