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

/// A compiled pair of a vertex and a fragment shader.
class Shader {
  public:
    /// Compiles and links GLSL text (`#version 330 core`). Fails with `name` and the driver's log, which says
    /// the line.
    static Result<Shader> compile(std::string_view name, std::string_view vertex_source,
                                  std::string_view fragment_source);

    /// Makes it the one that draws use.
    void use() const;

    /// Sets a uniform (an int, a sampler's texture unit, a float or a vec2, vec3, vec4); the shader has to be
    /// in use. A name that the shader does not have, or that its compiler removed as unused, is ignored.
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
