// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/compare_command.hpp"

namespace loopscope::cli {

/// Compares two traces in lock-step: prints both outputs with their differences marked, where the runs part,
/// a sentence about the first difference, and for both why it came to that. Returns the exit code, which does
/// not depend on whether the traces differ.
int compare_files(const CompareRequest& request);

}  // namespace loopscope::cli
