// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/record_plan.hpp"

namespace loopscope::cli {

/// The arguments of `loopscope explore`, as the user wrote them.
struct ExploreRequest {
    std::string program;                ///< of the catalogue; empty: a Python program, which `python` names
    std::string storage = "global";     ///< of a program of the catalogue
    bool all = false;                   ///< under every storage, not only under `storage`
    std::vector<std::string> settings;  ///< NAME=VALUE, of a program of the catalogue
    RecordRequest python;               ///< of a Python program; `output` is the folder for its outcomes
    std::optional<std::uint32_t> schedules;
    std::uint64_t seed = 1;
    bool exhaustive = false;
    std::optional<std::string> jitter;
    bool ready = false;
    std::optional<std::string> freedoms;  ///< their names, with commas between them
};

/// Runs a program under many schedules. Prints a table of the outcomes to stdout, and progress to stderr; of
/// a Python program it writes a trace of each outcome that is listed, and of asyncio's own order. Returns the
/// exit code.
int explore_command(const ExploreRequest& request);

/// Returns whether the words of a command line behind `explore` name a Python program, and not one of the
/// catalogue. `program` is what take_program() took off.
bool is_python_program(const std::vector<std::string>& program);

}  // namespace loopscope::cli
