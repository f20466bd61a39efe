#pragma once

#include <optional>
#include <string>

namespace loopscope::cli {

/// What `loopscope play` was asked for, as the user wrote it.
struct PlayRequest {
    std::string demo;                     ///< a file, or the name of one that comes with the program
    std::optional<std::string> pictures;  ///< draw each step into this folder
    std::string size = "1920x1080";
    std::string theme = "dark";
};

/// Shows a demo in the window, or draws its steps off-screen. Gives the exit code.
int play_command(const PlayRequest& request);

}  // namespace loopscope::cli
