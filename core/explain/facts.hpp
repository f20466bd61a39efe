// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "core/base/excerpt.hpp"
#include "core/explain/words.hpp"
#include "core/trace/index.hpp"
#include "core/trace/state.hpp"
#include "core/trace/text.hpp"

namespace loopscope::explain {

/// How many events back the last event of some kind is searched for: a handle may be as long as a trace.
inline constexpr std::uint32_t look_back = 4096;

/// Everything that is known at a cursor, of which sentences about it are made. Holds references only, which
/// must outlive it.
struct Facts {
    const trace::Log& log;
    const trace::Index& index;
    const trace::State& state;  ///< at the cursor
    EventIndex cursor;

    /// Returns a task's label.
    [[nodiscard]] std::string label(TaskId task) const { return task_label(log, index, task); }
    /// Returns a text of the trace by its number, as sentences quote it.
    [[nodiscard]] std::string text(std::uint32_t string) const {
        return excerpt(log.strings()[StringId{string}]);
    }
    /// Returns the loop time of an event in words.
    [[nodiscard]] std::string time(EventIndex event) const {
        return trace::time_text(index.time(log, event));
    }
    /// Returns the index from which an event is searched for that is not before `first` and not after the
    /// cursor: at most `look_back` events before the cursor.
    [[nodiscard]] EventIndex looked_for_from(EventIndex first) const {
        return std::max(first, cursor - std::min(cursor.value, look_back));
    }
    /// Returns who caused an event, in words: the task that ran, or the kind of callback; "the program"
    /// outside handles.
    [[nodiscard]] std::string actor(EventIndex event) const;
    /// Returns what a `job` event began, as sentences use it.
    [[nodiscard]] std::string job_phrase(const trace::Event& job) const;
    /// Returns the request to cancel because of which a step begins with CancelledError; none if there was no
    /// such request, but what the task waited for was cancelled. REQUIRES: `step` is a `step` event.
    [[nodiscard]] EventIndex cancel_of(EventIndex step) const;
    /// Returns a variable's name as sentences quote it; empty if no variable has the number.
    [[nodiscard]] std::string variable(VariableId variable) const;
};

}  // namespace loopscope::explain
