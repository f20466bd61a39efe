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

/// How far back the last event of some kind is looked for, in events: a handle may be as long as a trace.
inline constexpr std::uint32_t look_back = 4096;

/// All that is known at a cursor: what sentences about it are made from. Refers, owns nothing.
struct Facts {
    const trace::Log& log;
    const trace::Index& index;
    const trace::State& state;  ///< at the cursor
    std::uint32_t cursor = 0;

    [[nodiscard]] std::string label(TaskId task) const { return task_label(log, index, task); }
    /// A text of the trace, as sentences quote it.
    [[nodiscard]] std::string text(std::uint32_t string) const {
        return excerpt(log.strings()[StringId{string}]);
    }
    /// The loop time of an event, as it is shown.
    [[nodiscard]] std::string time(std::uint32_t event) const {
        return trace::time_text(index.time(log, event));
    }
    /// From where on an event up to the cursor is looked for that is not before `first`.
    [[nodiscard]] std::uint32_t looked_for_from(std::uint32_t first) const {
        return std::max(first, cursor - std::min(cursor, look_back));
    }
    /// Who did what an event tells of: the task that ran, or what the callback is.
    [[nodiscard]] std::string actor(std::uint32_t event) const;
    /// The request because of which a step begins with CancelledError; none if nobody asked for that: what
    /// its task waited for was cancelled. REQUIRES: it is a `step` event.
    [[nodiscard]] EventIndex cancel_of(std::uint32_t step) const;
    /// An excerpt of a variable's name; empty if there is none of that number.
    [[nodiscard]] std::string variable(VariableId variable) const;
};

}  // namespace loopscope::explain
