#pragma once

#include <array>

#include "app/gl/region.hpp"

namespace loopscope::gl {

/// Fills a region of the bound framebuffer, from its top left, whose size is `size`, with an opaque colour:
/// red, green, blue from 0 to 1. OpenGL's viewport is all of the framebuffer from here on.
void clear(Size size, const Region& region, std::array<float, 3> color);

}  // namespace loopscope::gl
