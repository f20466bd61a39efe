#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace loopscope::cli {

/// What `loopscope run` was asked for, as the user wrote it.
struct RunRequest {
    std::string program;
    std::string storage = "global";
    std::vector<std::string> settings;  ///< NAME=VALUE
    std::vector<std::string> switches;  ///< TIME=STORAGE
    std::optional<std::string> until;
    std::optional<std::string> png;
    std::string size = "1920x1080";
    std::string theme = "dark";
    std::optional<std::uint32_t> at;
    bool events = false;
};

/// Exit codes.
inline constexpr int success = 0;
inline constexpr int failure = 1;  ///< what was asked for is sound, but could not be done
inline constexpr int misuse = 2;   ///< what was asked for makes no sense

/// Runs a program without a window: prints what it prints to stdout, ended by one newline, and everything
/// else to stderr. Gives the exit code.
int run_command(const RunRequest& request);

/// Lists the programs with their parameters.
int programs_command();

}  // namespace loopscope::cli
