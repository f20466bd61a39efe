#pragma once

#include "core/explain/why.hpp"

namespace loopscope::explain {

/// Explains what stands at the cursor in a trace of tracks: what it is, what it is inside of, and which flows
/// lead to it and from it. Says nothing that the trace does not have.
Why slice_why(const Facts& facts);

}  // namespace loopscope::explain
