// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.hpp"

namespace loopscope::gl {

/// Returns an OpenGL function by its name, or null; glfwGetProcAddress and eglGetProcAddress are such
/// functions.
using Loader = void (*(*)(const char* name))();

/// Loads the functions of opengl.hpp for the current context. Fails if the context offers less than OpenGL
/// 3.3.
[[nodiscard]] Result<void> load_functions(Loader loader);

/// Returns whether OpenGL ran out of memory since the last call. Clears all other pending OpenGL errors as
/// well.
bool ran_out_of_memory();

}  // namespace loopscope::gl
