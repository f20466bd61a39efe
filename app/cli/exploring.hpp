// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.hpp"
#include "core/feed/exploration.hpp"

namespace loopscope::cli {

/// Waits until an exploration is over, and shows its progress; a signal that asks this process to end ends it
/// early. Returns its report, which is the exploration's. Fails if the program cannot be explored. REQUIRES:
/// a platform::Interrupt exists.
Result<const explore::Report*> wait_for(feed::Exploration& exploration);

}  // namespace loopscope::cli
