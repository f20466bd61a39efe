// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace loopscope::cli {

/// The arguments of `loopscope programs`.
struct ProgramsRequest {
    std::string program;    ///< empty: all programs
    bool markdown = false;  ///< the text of docs/programs.md
};

/// Lists the programs, a line each, or prints everything about one of them: its text, its parameters, what it
/// prints and why. Returns the exit code.
int programs_command(const ProgramsRequest& request);

}  // namespace loopscope::cli
