#pragma once

#include <array>

#include "app/gl/size.hpp"

namespace loopscope::gl {

/// Fills all of the bound framebuffer, whose size is `size`, with an opaque colour: red, green, blue from 0
/// to 1. It is also OpenGL's viewport from here on.
void clear(Size size, std::array<float, 3> color);

}  // namespace loopscope::gl
