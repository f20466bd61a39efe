// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "app/gl/handle.hpp"
#include "core/base/result.hpp"

namespace loopscope::gl {

void delete_program(unsigned name);

/// A compiled and linked pair of a vertex and a fragment shader.
class Shader {
  public:
    /// Compiles and links two GLSL texts without a `#version`, which is put in front of them (opengl.hpp).
    /// The error has `name` and the driver's log with the line.
    static Result<Shader> compile(std::string_view name, std::string_view vertex_source,
                                  std::string_view fragment_source);

    /// Makes the shader the one that draws use.
    void use() const;

    /// Sets a uniform: an int or a sampler's texture unit, a float, or a vec2, vec3 or vec4. A name that the
    /// shader does not have, or that its compiler removed as unused, is ignored. REQUIRES: the shader is in
    /// use.
    void set(std::string_view uniform, int value);
    void set(std::string_view uniform, float value);
    void set(std::string_view uniform, const std::array<float, 2>& value);
    void set(std::string_view uniform, const std::array<float, 3>& value);
    void set(std::string_view uniform, const std::array<float, 4>& value);

  private:
    explicit Shader(Handle<delete_program> program) : program_(std::move(program)) {}

    int location(std::string_view uniform);

    Handle<delete_program> program_;
    std::map<std::string, int, std::less<>> locations_;
};

}  // namespace loopscope::gl
