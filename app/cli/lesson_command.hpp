// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace loopscope::cli {

/// The arguments of `loopscope lesson`, as the user wrote them.
struct LessonRequest {
    std::optional<std::string> lesson;  ///< a name or a file; none: list all lessons
    bool window = false;                ///< play in the window, even if the answers come from a pipe
    bool text = false;                  ///< play in the terminal, even if there is a display
    std::optional<std::string> html;    ///< a page to write that plays it, instead
    std::optional<std::string> theme;   ///< none: of a window the last one, of a picture the dark one
};

/// Lists the lessons, or plays one: in the window, or with answers from stdin, a line each. Returns the exit
/// code.
int lesson_command(const LessonRequest& request);

}  // namespace loopscope::cli
