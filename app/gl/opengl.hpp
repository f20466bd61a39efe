// SPDX-License-Identifier: MIT
#pragma once

// The functions of OpenGL: of OpenGL 3.3 core, which load_functions() loads; in a browser those of WebGL 2,
// which are OpenGL ES 3.0.
#ifdef __EMSCRIPTEN__
#include <GLES3/gl3.h>
#else
#include <glad/gl.h>
#endif

namespace loopscope::gl {

/// The first line of every shader, and what goes with it. Nothing else differs between OpenGL's GLSL and that
/// of OpenGL ES, so shaders/ has neither.
#ifdef __EMSCRIPTEN__
inline constexpr const char* glsl_version = "#version 300 es";
inline constexpr const char* glsl_precision =
    "\nprecision highp float;\nprecision highp int;\nprecision highp sampler2D;\n";
#else
inline constexpr const char* glsl_version = "#version 330 core";
inline constexpr const char* glsl_precision = "\n";
#endif

}  // namespace loopscope::gl
