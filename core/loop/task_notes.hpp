// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/base/id.hpp"

namespace loopscope::loop {

class Steppable;

/// What few tasks have, so that the others need no room for it: names, and what the requests to cancel them
/// say. Used on the loop's thread.
class TaskNotes {
  public:
    /// Notes the name with which a task was made. REQUIRES: no task with a higher number has one.
    void add_name(TaskId task, StringId name) { names_.emplace_back(task, name); }
    /// Gives a task another name (Task.set_name).
    void rename(TaskId task, StringId name) { later_[task.value] = name; }
    /// Returns the name that was given to a task; none if it has none.
    [[nodiscard]] StringId name_of(TaskId task) const;
    /// Returns the name of a task that was given none: asyncio counts those that are made without one.
    [[nodiscard]] std::string default_name(TaskId task) const;

    /// Notes what the request says to which the next CancelledError in a task is the answer; empty: nothing.
    void note_message(const Steppable& task, std::string_view message);
    /// Returns what note_message() noted last for a task, and forgets it.
    [[nodiscard]] std::string take_message(const Steppable& task);

    /// Notes what the last request to cancel a task said that the task flagged; empty: nothing.
    void note_said(TaskId task, std::string_view message);
    /// Returns what note_said() noted last for a task (`_cancel_message`); empty: nothing.
    [[nodiscard]] std::string said_to(TaskId task) const;

    /// Notes the step into which a CancelledError was thrown.
    void note_thrown(TaskId task, std::uint32_t iteration) { thrown_ = {task, iteration}; }
    /// Returns whether a CancelledError was thrown into a task's step of an iteration. REQUIRES: it is the
    /// step under way.
    [[nodiscard]] bool was_thrown(TaskId task, std::uint32_t iteration) const {
        return thrown_ == std::pair(task, iteration);
    }

    /// Notes that a task's body begins with a CancelledError if it is cancelled before, instead of not
    /// running at all.
    void note_begins_cancelled(const Steppable& task) { begin_cancelled_.insert(&task); }
    /// Returns whether that was noted of a task, and forgets it: as the task is cancelled, or ends.
    bool take_begins_cancelled(const Steppable& task) {
        return !begin_cancelled_.empty() && begin_cancelled_.erase(&task) > 0;
    }

  private:
    using Named = std::pair<TaskId, StringId>;

    [[nodiscard]] std::vector<Named>::const_iterator find(TaskId task) const;

    std::vector<Named> names_;                 // given as the task was made, in ascending order
    std::map<std::uint32_t, StringId> later_;  // given afterwards
    std::unordered_map<const Steppable*, std::string> messages_;
    std::map<std::uint32_t, std::string> said_;
    std::unordered_set<const Steppable*> begin_cancelled_;
    std::pair<TaskId, std::uint32_t> thrown_{};  // which task, in which iteration
};

}  // namespace loopscope::loop
