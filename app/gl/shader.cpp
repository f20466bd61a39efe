// SPDX-License-Identifier: MIT
#include "app/gl/shader.hpp"

#include <array>
#include <cassert>
#include <cstddef>

#include <fmt/format.h>

#include "app/gl/opengl.hpp"

namespace loopscope::gl {
namespace {

void delete_shader(unsigned name) {
    glDeleteShader(name);
}
using Stage = Handle<delete_shader>;

/// Returns the log of a shader or program, which is read with OpenGL's pair of functions for its kind.
template <class GetLength, class GetLog>
std::string driver_log(unsigned name, GetLength get_length, GetLog get_log) {
    GLint length = 0;
    get_length(name, GL_INFO_LOG_LENGTH, &length);
    std::string log(static_cast<std::size_t>(length), '\0');
    get_log(name, length, nullptr, log.data());
    log.erase(log.find_last_not_of(std::string_view("\n\0", 2)) + 1);
    return log.empty() ? "the driver does not say why" : log;
}

Result<Stage> compile_stage(std::string_view name, GLenum kind, std::string_view source) {
    Stage stage(glCreateShader(kind));
    // Several strings, of which the driver counts the lines one by one: those of the last are the file's.
    const std::array<const char*, 3> texts{glsl_version, glsl_precision, source.data()};
    const std::array<GLint, 3> lengths{-1, -1, static_cast<GLint>(source.size())};  // -1: to its zero
    glShaderSource(stage.name(), 3, texts.data(), lengths.data());
    glCompileShader(stage.name());
    GLint compiled = GL_FALSE;
    glGetShaderiv(stage.name(), GL_COMPILE_STATUS, &compiled);
    if (compiled == GL_TRUE) return stage;
    return fail(fmt::format("the {} shader of {} does not compile: {}",
                            kind == GL_VERTEX_SHADER ? "vertex" : "fragment", name,
                            driver_log(stage.name(), glGetShaderiv, glGetShaderInfoLog)));
}

}  // namespace

void delete_program(unsigned name) {
    glDeleteProgram(name);
}

Result<Shader> Shader::compile(std::string_view name, std::string_view vertex_source,
                               std::string_view fragment_source) {
    LOOPSCOPE_TRY(vertex, compile_stage(name, GL_VERTEX_SHADER, vertex_source));
    LOOPSCOPE_TRY(fragment, compile_stage(name, GL_FRAGMENT_SHADER, fragment_source));

    Handle<delete_program> program(glCreateProgram());
    glAttachShader(program.name(), vertex.name());
    glAttachShader(program.name(), fragment.name());
    glLinkProgram(program.name());
    glDetachShader(program.name(),
                   vertex.name());  // frees the stages now, not with the program
    glDetachShader(program.name(), fragment.name());
    GLint linked = GL_FALSE;
    glGetProgramiv(program.name(), GL_LINK_STATUS, &linked);
    if (linked == GL_TRUE) return Shader(std::move(program));
    return fail(fmt::format("the shaders of {} cannot be linked: {}", name,
                            driver_log(program.name(), glGetProgramiv, glGetProgramInfoLog)));
}

void Shader::use() const {
    glUseProgram(program_.name());
}

void Shader::set(std::string_view uniform, int value) {
    glUniform1i(location(uniform), value);
}

void Shader::set(std::string_view uniform, float value) {
    glUniform1f(location(uniform), value);
}

void Shader::set(std::string_view uniform, const std::array<float, 2>& value) {
    glUniform2fv(location(uniform), 1, value.data());
}

void Shader::set(std::string_view uniform, const std::array<float, 3>& value) {
    glUniform3fv(location(uniform), 1, value.data());
}

void Shader::set(std::string_view uniform, const std::array<float, 4>& value) {
    glUniform4fv(location(uniform), 1, value.data());
}

int Shader::location(std::string_view uniform) {
    if (const auto known = locations_.find(uniform); known != locations_.end()) return known->second;
    std::string name(uniform);
    const int location = glGetUniformLocation(program_.name(), name.c_str());
    locations_.emplace(std::move(name), location);
    return location;
}

}  // namespace loopscope::gl
