// SPDX-License-Identifier: MIT
#pragma once

#include "app/render/viewport.hpp"
#include "app/timeline/draw_list.hpp"

namespace loopscope::render {

/// Fills a viewport's clip region in the bound framebuffer with an opaque colour. For large regions this is
/// many times cheaper than a quad, above all without a GPU. Sets OpenGL's viewport to the whole framebuffer.
void fill(const Viewport& viewport, timeline::Color color);

}  // namespace loopscope::render
