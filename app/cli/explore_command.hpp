#pragma once

#include <optional>
#include <string>
#include <vector>

namespace loopscope::cli {

/// The arguments of `loopscope explore`, as the user wrote them.
struct ExploreRequest {
    std::string program;
    std::string storage = "global";
    bool all = false;                   ///< under every storage, not only under `storage`
    std::vector<std::string> settings;  ///< NAME=VALUE
    std::uint32_t schedules = 10'000;
    std::uint64_t seed = 1;
    bool exhaustive = false;
    std::optional<std::string> jitter;
    bool ready = false;
};

/// Runs a program under many schedules. Prints a table of the outcomes to stdout, and progress to stderr.
/// Returns the exit code.
int explore_command(const ExploreRequest& request);

}  // namespace loopscope::cli
