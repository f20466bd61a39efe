// SPDX-License-Identifier: MIT
#include "app/render/ground.hpp"

#include "app/gl/clear.hpp"

namespace loopscope::render {

void fill(const Viewport& viewport, timeline::Color color) {
    gl::clear(viewport.framebuffer, viewport.clip,
              {static_cast<float>(color.red) / 255, static_cast<float>(color.green) / 255,
               static_cast<float>(color.blue) / 255});
}

}  // namespace loopscope::render
