// SPDX-License-Identifier: MIT
#include "app/gl/functions.hpp"

#include <string>

#include <fmt/format.h>

#include "app/gl/opengl.hpp"

namespace loopscope::gl {

#ifndef __EMSCRIPTEN__  // a browser has no other functions, and no version that could be too old

namespace {

constexpr int needed_version = GLAD_MAKE_VERSION(3, 3);

std::string renderer_name() {
    const auto* name = glGetString(GL_RENDERER);
    return name ? reinterpret_cast<const char*>(name) : "unnamed";
}

}  // namespace

Result<void> load_functions(Loader loader) {
    const int version = gladLoadGL(loader);
    if (version == 0) {
        return fail(
            "the graphics driver offers no OpenGL functions; install or update the driver (Debian: "
            "libgl1-mesa-dri)",
            Error::Code::unsupported);
    }
    if (version < needed_version) {
        return fail(fmt::format("Loopscope needs OpenGL 3.3 but the graphics driver ({}) offers {}.{}; "
                                "update the driver, or set "
                                "LIBGL_ALWAYS_SOFTWARE=1 to draw without it",
                                renderer_name(), GLAD_VERSION_MAJOR(version), GLAD_VERSION_MINOR(version)),
                    Error::Code::unsupported);
    }
    return {};
}

#endif

bool ran_out_of_memory() {
    bool found = false;
    // OpenGL keeps one flag for each kind of error, and there are fewer than eight.
    for (int flag = 0; flag < 8; ++flag) found |= glGetError() == GL_OUT_OF_MEMORY;
    return found;
}

}  // namespace loopscope::gl
