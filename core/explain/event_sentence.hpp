// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/explain/facts.hpp"

namespace loopscope::explain {

/// Returns what there is to say about an event, in a sentence whose "It" is whoever runs; empty if there is
/// nothing, by the Tells of the event's kind. REQUIRES: the facts are at the event, or later in its handle.
std::string event_sentence(const Facts& facts, EventIndex event);

/// Returns the sentence about the loop where no handle runs: what the next iteration will run.
std::string between_handles(const Facts& facts);

}  // namespace loopscope::explain
