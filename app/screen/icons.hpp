// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "app/gl/image.hpp"

namespace loopscope::screen {

/// Returns the program's icon in several sizes, from assets/icons.
std::vector<gl::Image> program_icons();

}  // namespace loopscope::screen
