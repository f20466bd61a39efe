// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "core/explore/runner.hpp"
#include "core/trace/index.hpp"
#include "core/trace/log.hpp"

namespace loopscope::explore {

/// Returns what a run came to, as its trace tells it: nothing of exceptions that were never retrieved, which
/// no trace names, and of what ended the program the exception's type. A trace without an end counts as
/// stopped. `errors`, in order, are prints that do not count as output. REQUIRES: the index knows the whole
/// log.
Observed observed_in(const trace::Log& log, const trace::Index& index,
                     std::span<const EventIndex> errors = {});

}  // namespace loopscope::explore
