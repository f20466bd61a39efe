// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/record_plan.hpp"
#include "core/explore/explore.hpp"

namespace loopscope::cli {

/// Runs a Python program under many schedules, and writes a trace of each outcome that is listed, and of
/// asyncio's own order, into the folder that `request.output` names, or one that is named after the program.
/// Prints a table to stdout, and progress to stderr. Returns the exit code.
int explore_python(const RecordRequest& request, const explore::Options& options);

}  // namespace loopscope::cli
