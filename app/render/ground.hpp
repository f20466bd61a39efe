#pragma once

#include "app/render/viewport.hpp"
#include "app/timeline/draw_list.hpp"

namespace loopscope::render {

/// Makes a viewport's part of the bound framebuffer one opaque colour. Where that is large it is many times
/// cheaper than a quad, above all without a GPU. OpenGL's viewport is all of the framebuffer from here on.
void fill(const Viewport& viewport, timeline::Color color);

}  // namespace loopscope::render
