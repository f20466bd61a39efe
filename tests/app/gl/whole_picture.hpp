#pragma once

#include <string_view>

namespace loopscope::gl {

/// A vertex shader whose three vertices, without any data, cover the whole picture.
inline constexpr std::string_view whole_picture =
    "void main() { gl_Position = vec4(gl_VertexID == 1 ? 3 : -1, gl_VertexID == 2 ? 3 : -1, 0, 1); }";

}  // namespace loopscope::gl
