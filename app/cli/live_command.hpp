// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "app/cli/record_plan.hpp"

namespace loopscope::cli {

/// The arguments of `loopscope live`, as the user wrote them.
struct LiveRequest {
    RecordRequest recording;
    std::optional<std::string> theme;  ///< none: of a window the last one, of a picture the dark one
};

/// Opens the window on a Python program, which stands before its first handle and is recorded as it is
/// stepped. Its standard streams and its exit code are those of this process; what Loopscope says is on
/// stderr. When the window is closed the program goes on by itself, recorded to its end. Returns the exit
/// code.
int live_command(const LiveRequest& request);

}  // namespace loopscope::cli
