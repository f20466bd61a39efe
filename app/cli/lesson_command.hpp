#pragma once

#include <optional>
#include <string>

namespace loopscope::cli {

/// What `loopscope lesson` was asked for, as the user wrote it.
struct LessonRequest {
    std::optional<std::string> lesson;  ///< its name or file; none: list them
    bool window = false;                ///< play it in the window, even if the answers come from a pipe
    bool text = false;                  ///< play it here, even if there is a display
    std::string theme = "dark";
};

/// Lists the lessons, or plays one: in the window, or with answers from stdin, a line each. Gives the exit
/// code.
int lesson_command(const LessonRequest& request);

}  // namespace loopscope::cli
