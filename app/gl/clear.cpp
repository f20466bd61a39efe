// SPDX-License-Identifier: MIT
#include "app/gl/clear.hpp"

#include <algorithm>

#include "app/gl/opengl.hpp"

namespace loopscope::gl {

void clear(Size size, const Region& region, std::array<float, 3> color) {
    glViewport(0, 0, size.width, size.height);
    glClearColor(color[0], color[1], color[2], 1);
    glEnable(GL_SCISSOR_TEST);
    // OpenGL measures from the bottom.
    glScissor(region.x, size.height - region.y - region.size.height, std::max(region.size.width, 0),
              std::max(region.size.height, 0));
    glClear(GL_COLOR_BUFFER_BIT);
    glDisable(GL_SCISSOR_TEST);
}

}  // namespace loopscope::gl
