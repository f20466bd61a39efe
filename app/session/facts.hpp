#pragma once

#include <string>
#include <string_view>

#include "app/session/words.hpp"
#include "core/trace/index.hpp"
#include "core/trace/state.hpp"
#include "core/trace/text.hpp"

namespace loopscope::session {

/// All that is known at a cursor: what sentences about it are made from. Refers, owns nothing.
struct Facts {
    const trace::Log& log;
    const trace::Index& index;
    const trace::State& state;  ///< at the cursor
    std::uint32_t cursor = 0;

    [[nodiscard]] std::string label(TaskId task) const { return task_label(log, index, task); }
    [[nodiscard]] std::string_view text(std::uint32_t string) const {
        return log.strings()[StringId{string}];
    }
    /// The loop time of an event, as it is shown.
    [[nodiscard]] std::string time(std::uint32_t event) const {
        return trace::time_text(index.time(log, event));
    }
    /// Who did what an event tells of: the task that ran, or what the callback is.
    [[nodiscard]] std::string actor(std::uint32_t event) const;
    /// The last request to cancel a task before an event; none if there was none.
    [[nodiscard]] EventIndex cancel_of(TaskId task, std::uint32_t before) const;
};

}  // namespace loopscope::session
