// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "app/gl/buffer.hpp"
#include "app/gl/handle.hpp"

namespace loopscope::gl {

void delete_vertex_array(unsigned name);

/// How a buffer stores a component of an attribute, and the type that the shader reads.
enum class Component {
    float32,     ///< float
    uint8_unit,  ///< float, 0 … 255 scaled to 0 … 1, as in a colour
    int32,       ///< int
    uint32,      ///< uint
};

/// An input of a vertex shader: `layout(location = …) in …`.
struct Attribute {
    unsigned location = 0;
    int components = 1;  ///< 1 … 4
    Component type = Component::float32;
    std::size_t offset = 0;  ///< from the start of an element, in bytes
    std::size_t stride = 0;  ///< from one element to the next, in bytes
    bool per_instance = false;
};

/// The sources of vertices and indices for draws.
class VertexArray {
  public:
    /// Makes an array without attributes, for a shader that computes its corners from gl_VertexID.
    VertexArray();

    /// Reads an attribute from a buffer. Leaves the array bound. REQUIRES: the buffer outlives the draws.
    void add(const Buffer& buffer, const Attribute& attribute);

    /// Takes the indices of indexed draws from a buffer. Leaves the array bound.
    void use_indices(const Buffer& buffer);

    /// Makes the array the one that draws use.
    void bind() const;

  private:
    Handle<delete_vertex_array> handle_;
};

}  // namespace loopscope::gl
