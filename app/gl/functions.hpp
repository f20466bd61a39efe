#pragma once

#include "core/base/result.hpp"

namespace loopscope::gl {

/// Gives an OpenGL function by its name, or null: glfwGetProcAddress, eglGetProcAddress.
using Loader = void (*(*)(const char* name))();

/// Makes the functions of <glad/gl.h> callable for the context that is current. Fails if it offers less than
/// OpenGL 3.3.
[[nodiscard]] Result<void> load_functions(Loader loader);

/// Whether OpenGL ran out of memory since the last call. Clears every other pending OpenGL error too.
bool ran_out_of_memory();

}  // namespace loopscope::gl
