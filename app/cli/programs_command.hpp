#pragma once

#include <string>

namespace loopscope::cli {

/// What `loopscope programs` was asked for.
struct ProgramsRequest {
    std::string program;    ///< empty: all
    bool markdown = false;  ///< the text of docs/programs.md
};

/// Lists the programs, a line each, or tells all about one of them: what it is about, its parameters, what it
/// prints and why. Gives the exit code.
int programs_command(const ProgramsRequest& request);

}  // namespace loopscope::cli
