// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/explain/facts.hpp"

namespace loopscope::explain {

/// The explanation of what happens at the cursor, in a few plain sentences made from the trace alone.
struct Why {
    std::string
        cause;  ///< how the handle came to run: "indication(c) resumes: its 0.1 s timer fired at 0.600 s."
    std::string
        action;  ///< what it does at the cursor: "It reads symbol from the global: 'c', written by sleep(c)."
    std::string verdict;  ///< on what it printed, if that leaks or is stale: "Leak: its own chain wrote 'b'."
    std::string way;      ///< of a stale value: how it came about

    /// Returns all sentences as one text.
    [[nodiscard]] std::string text() const;
};

/// Explains what happens at a cursor. There is an explanation for every event of a trace.
Why why(const Facts& facts);

/// Returns the event that the action of why() is about: a print, a read, a write, a suspension, whatever the
/// handle has done last of what users care about; none if there is no such event.
EventIndex told_event(const Facts& facts);

}  // namespace loopscope::explain
