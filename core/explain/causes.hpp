// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "core/explain/facts.hpp"

namespace loopscope::explain {

/// An earlier event without which the handle at the cursor would not run, or would not do what it does.
struct Cause {
    EventIndex event;
    TaskId task;       ///< the task that caused it; none: the loop or the user
    std::string text;  ///< "sleep(c) set symbol to 'c'"
};

/// Returns the direct causes of what happens at the cursor, the latest first: the event that made the handle
/// ready, the one where its task suspended, the one that created the task, and a cancellation; for a print or
/// a read also the write that it shows, and the last switch of the storage; for a stale print also where the
/// work was handed over and taken. Empty outside handles.
std::vector<Cause> causes(const Facts& facts);

/// Returns the chain of causes from the cursor back to the start of the program, the latest first: what made
/// the handle at the cursor ready, what made the handle ready in which that was done, and so on. At most
/// `limit` causes.
std::vector<Cause> history(const Facts& facts, std::size_t limit);

}  // namespace loopscope::explain
