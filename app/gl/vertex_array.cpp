// SPDX-License-Identifier: MIT
#include "app/gl/vertex_array.hpp"

#include <cassert>

#include "app/gl/opengl.hpp"

namespace loopscope::gl {
namespace {

unsigned new_vertex_array() {
    unsigned name = 0;
    glGenVertexArrays(1, &name);
    return name;
}

}  // namespace

void delete_vertex_array(unsigned name) {
    glDeleteVertexArrays(1, &name);
}

VertexArray::VertexArray() : handle_(new_vertex_array()) {}

void VertexArray::add(const Buffer& buffer, const Attribute& attribute) {
    assert(attribute.components >= 1 && attribute.components <= 4);
    bind();
    glBindBuffer(GL_ARRAY_BUFFER, buffer.name());
    const auto [location, components, type, byte_offset, byte_stride, per_instance] = attribute;
    const auto* offset = reinterpret_cast<const void*>(byte_offset);  // OpenGL takes a number as a pointer
    const auto stride = static_cast<GLsizei>(byte_stride);
    switch (type) {
        case Component::float32:
            glVertexAttribPointer(location, components, GL_FLOAT, GL_FALSE, stride, offset);
            break;
        case Component::uint8_unit:
            glVertexAttribPointer(location, components, GL_UNSIGNED_BYTE, GL_TRUE, stride, offset);
            break;
        case Component::int32: glVertexAttribIPointer(location, components, GL_INT, stride, offset); break;
        case Component::uint32:
            glVertexAttribIPointer(location, components, GL_UNSIGNED_INT, stride, offset);
            break;
    }
    glVertexAttribDivisor(location, per_instance ? 1 : 0);
    glEnableVertexAttribArray(location);
}

void VertexArray::use_indices(const Buffer& buffer) {
    bind();
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffer.name());
}

void VertexArray::bind() const {
    glBindVertexArray(handle_.name());
}

}  // namespace loopscope::gl
