// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/record_plan.hpp"

namespace loopscope::cli {

/// Records a Python program. Its standard streams and its exit code are those of this process; what Loopscope
/// says is on stderr. Returns the exit code.
int record_command(const RecordRequest& request);

}  // namespace loopscope::cli
