// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/session/session.hpp"

namespace loopscope::cli {

/// What to do with a program from its start: how far to run it, which storages to switch to on the way, and
/// where to put the cursor.
struct Plan {
    /// A switch to a storage when the loop's clock reaches a time.
    struct TimedSwitch {
        Time time{0};
        trace::Storage storage = trace::Storage::global;
    };

    std::vector<TimedSwitch> switches;  ///< in order of time
    std::optional<Time> until;          ///< none: to the end
    std::optional<EventIndex> at;       ///< the event to put the cursor on; none: the last one

    /// Reads a plan from arguments; each of `switches` is TIME=STORAGE. Fails if one cannot be understood.
    static Result<Plan> create(const std::vector<std::string>& switches,
                               const std::optional<std::string>& until, std::optional<EventIndex> at);

    /// Called now and then while the trace grows; an error ends the run.
    using Watcher = std::function<Result<void>(const trace::Log&)>;

    /// Runs the session as planned. Fails if there is no event `at`, or with the watcher's error.
    [[nodiscard]] Result<void> carry_out(session::Session& session, const Watcher& watcher = {}) const;
};

}  // namespace loopscope::cli
