// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "app/cli/picture_options.hpp"

namespace loopscope::cli {

/// The arguments of `loopscope play`, as the user wrote them.
struct PlayRequest {
    std::string demo;                     ///< a file, or the name of a demo that comes with the program
    std::optional<std::string> pictures;  ///< a folder to write a picture of each step into
    std::optional<std::string> html;      ///< a page to write that shows it, instead
    PictureRequest picture;
};

/// Shows a demo in the window, or draws its steps off-screen. Returns the exit code.
int play_command(const PlayRequest& request);

}  // namespace loopscope::cli
