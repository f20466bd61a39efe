// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace loopscope::fonts {

/// The bytes of a font that is compiled into the program: "JetBrainsMono-Regular.ttf",
/// "JetBrainsMono-Bold.ttf", "Inter-Regular.otf" or "Inter-SemiBold.otf"; empty for any other name. Written
/// by cmake/embed.py.
std::string_view file(std::string_view name);

}  // namespace loopscope::fonts
