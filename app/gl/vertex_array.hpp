#pragma once

#include <cstddef>

#include "app/gl/buffer.hpp"
#include "app/gl/handle.hpp"

namespace loopscope::gl {

void delete_vertex_array(unsigned name);

/// How a buffer stores one component of an attribute, and what the shader sees.
enum class Component {
    float32,     ///< float
    uint8_unit,  ///< float, 0 … 255 scaled to 0 … 1, as in a colour
    int32,       ///< int
    uint32,      ///< uint
};

/// One input of a vertex shader: `layout(location = …) in …`.
struct Attribute {
    unsigned location = 0;
    int components = 1;  ///< 1 … 4
    Component type = Component::float32;
    std::size_t offset = 0;  ///< In bytes, from the start of an element.
    std::size_t stride = 0;  ///< In bytes, from one element to the next.
    bool per_instance = false;
};

/// Where a draw takes its vertices and indices from.
class VertexArray {
  public:
    /// One without attributes, as a shader wants that computes its corners from gl_VertexID.
    VertexArray();

    /// Feeds an attribute from a buffer, which has to live as long as the draws. Leaves the array bound.
    void add(const Buffer& buffer, const Attribute& attribute);

    /// Takes the indices of indexed draws from a buffer. Leaves the array bound.
    void use_indices(const Buffer& buffer);

    /// Makes it the one that draws use.
    void bind() const;

  private:
    Handle<delete_vertex_array> handle_;
};

}  // namespace loopscope::gl
