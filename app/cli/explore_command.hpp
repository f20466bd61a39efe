#pragma once

#include <optional>
#include <string>
#include <vector>

namespace loopscope::cli {

/// What `loopscope explore` was asked for, as the user wrote it.
struct ExploreRequest {
    std::string program;
    std::string storage = "global";
    bool all = false;                   ///< every storage, not that one
    std::vector<std::string> settings;  ///< NAME=VALUE
    std::uint32_t schedules = 10'000;
    std::uint64_t seed = 1;
    bool exhaustive = false;
    std::optional<std::string> jitter;
    bool ready = false;
};

/// Runs a program under many schedules: a table of what came out to stdout, progress to stderr. Gives the
/// exit code.
int explore_command(const ExploreRequest& request);

}  // namespace loopscope::cli
