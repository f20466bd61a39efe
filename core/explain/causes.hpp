#pragma once

#include <string>
#include <vector>

#include "core/explain/facts.hpp"

namespace loopscope::explain {

/// An earlier event without which what happens at the cursor would not happen, or not like this.
struct Cause {
    std::uint32_t event = 0;
    TaskId task;       ///< who did it; none: the loop or the user
    std::string text;  ///< "sleep(c) set symbol to 'c'"
};

/// What led to what happens at the cursor, the latest first: what made the handle ready, where its task
/// suspended, who created it; for a print or a read also the write that it shows, and the last switch of the
/// storage.
std::vector<Cause> causes(const Facts& facts);

/// What made the handle at the cursor ready, what made that handle ready in which this was done, and so on
/// back to the start of the program, the latest first; at most `limit` of them.
std::vector<Cause> history(const Facts& facts, std::size_t limit);

}  // namespace loopscope::explain
