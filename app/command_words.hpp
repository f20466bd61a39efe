// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/record_plan.hpp"
#include "core/base/result.hpp"

namespace loopscope {

/// The requests of the commands that run a Python program, whose own words are not to be parsed.
struct PythonRequests {
    cli::RecordRequest& record;
    cli::RecordRequest& live;
    cli::RecordRequest& explore;
};

/// Returns the arguments that are to be parsed, the last one first, as CLI11 wants them. Those of a Python
/// program go into the request of its command. Where the first word that is no option names a file instead of
/// a command of `app`, the command is `open`; fails if it is neither.
Result<std::vector<std::string>> words_to_parse(const CLI::App& app, std::vector<std::string> words,
                                                const PythonRequests& python);

}  // namespace loopscope
