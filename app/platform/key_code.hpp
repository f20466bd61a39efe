// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace loopscope::platform {

/// Returns GLFW's key for the `code` of a browser's KeyboardEvent (W3C, UI Events KeyboardEvent code Values),
/// which names a position on the keyboard as well; 0 for one that GLFW does not know.
int key_of_code(std::string_view code);

}  // namespace loopscope::platform
