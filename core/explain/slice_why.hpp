// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/explain/causes.hpp"
#include "core/explain/why.hpp"

namespace loopscope::explain {

/// Explains what stands at the cursor in a trace of tracks: what it is, what it is inside of, and which flows
/// lead to it and from it. Says nothing that the trace does not have.
Why slice_why(const Facts& facts);

/// The events around what stands at the cursor in a trace of tracks, each with a text: "from put on main".
struct Surroundings {
    std::vector<Cause> flows;      ///< where flows come from and lead to, in the order of their touches
    std::vector<Cause> inside_of;  ///< the slices that it is inside of, the innermost first
};

/// Returns the events around what stands at the cursor; empty lists where nothing does.
Surroundings surroundings(const Facts& facts);

}  // namespace loopscope::explain
