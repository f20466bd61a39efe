// SPDX-License-Identifier: MIT
#pragma once

#include <array>

#include "app/gl/region.hpp"

namespace loopscope::gl {

/// Fills a region of the bound framebuffer, whose size is `size`, with an opaque colour: red, green, blue, 0
/// … 1. The region is measured from the top left. Sets OpenGL's viewport to the whole framebuffer.
void clear(Size size, const Region& region, std::array<float, 3> color);

}  // namespace loopscope::gl
