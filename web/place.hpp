// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/panels/workspace.hpp"
#include "core/base/pausing.hpp"
#include "core/base/result.hpp"

namespace loopscope::web {

/// Where one is, as a link says it: what is run and how, or which file is shown, and the cursor.
struct Place {
    std::string program = "indication";
    std::string storage = "global";
    std::vector<std::string> settings;  ///< NAME=VALUE
    std::string schedule;               ///< as explore::text_of writes it; empty: asyncio's own
    std::vector<std::string>
        switches;      ///< EVENT:STORAGE, or EVENT:STORAGE:VARIABLE for one variable, in order
    std::string at;    ///< the number of the event at the cursor; empty: the start
    std::string file;  ///< the trace that the page has inside, in the place of a program; empty: none

    /// Makes the session that is at this place, and pauses now and then: a trace may be long. Fails if
    /// something in the link has no meaning, with a sentence that says what. REQUIRES: the place outlives the
    /// work.
    [[nodiscard]] Pausing<Result<session::Session>> session();
    /// Returns how much of that work is done, from 0 to 1.
    [[nodiscard]] double progress() const { return progress_; }

  private:
    Pausing<Result<session::Session>> session_of_file(std::optional<EventIndex> cursor);

    double progress_ = 0;
};

/// Returns where a workspace is, and what the page shows beside it, as JSON: the members of Place, `title`,
/// `note`, `theme`, `lesson`, `demo`, and `prints`, the first of the run with their writers.
std::string state_of(const panels::Workspace& workspace);

}  // namespace loopscope::web
