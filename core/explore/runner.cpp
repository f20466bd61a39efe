// SPDX-License-Identifier: MIT
#include "core/explore/runner.hpp"

namespace loopscope::explore {

bool Observed::failed() const {
    // A program that leaves with exit code 0 does what it means to do.
    const bool exits = ending == trace::Ending::exited;
    return (ending != trace::Ending::ok && !exits) || !failure.empty() || !unretrieved.empty();
}

Result<void> Runner::confirm(const Schedule&, const Observed&, const std::stop_token&) {
    return {};
}

}  // namespace loopscope::explore
