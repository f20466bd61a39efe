#pragma once

#include <string>
#include <vector>

#include "core/trace/index.hpp"
#include "core/trace/state.hpp"

namespace loopscope::session {

/// An earlier event without which what happens at the cursor would not happen, or not like this.
struct Cause {
    std::uint32_t event = 0;
    TaskId task;       ///< who did it; none: the loop or the user
    std::string text;  ///< "sleep(c) set symbol to 'c'"
};

/// What led to what happens at the cursor, the latest first: what made the handle ready, where its task
/// suspended, who created it; for a print or a read also the write that it shows, and the last switch of the
/// storage. `state` is the state at `cursor`.
std::vector<Cause> causes(const trace::Log& log, const trace::Index& index, const trace::State& state,
                          std::uint32_t cursor);

}  // namespace loopscope::session
