#include "app/gl/clear.hpp"

#include <glad/gl.h>

namespace loopscope::gl {

void clear(Size size, std::array<float, 3> color) {
    glViewport(0, 0, size.width, size.height);
    glClearColor(color[0], color[1], color[2], 1);
    glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace loopscope::gl
