// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

#include "app/gl/buffer.hpp"
#include "app/gl/shader.hpp"
#include "app/gl/vertex_array.hpp"
#include "app/render/viewport.hpp"

namespace loopscope::render {

/// An input of a pass's vertex shader. Its location is its index in the pass's list.
struct Field {
    std::size_t offset = 0;  ///< from the start of the instance, in bytes
    int components = 1;
    gl::Component type = gl::Component::float32;
};

/// Rectangles that are drawn together. The vertex shader is called for the corners 0 … 3 of each rectangle,
/// with the corner in gl_VertexID and the rectangle's data as instance attributes. The uniform `viewport`
/// holds the framebuffer's size and the list's origin.
class Instances {
  public:
    /// Makes a pass's buffers. `stride` is the size of an instance in bytes.
    Instances(std::span<const Field> fields, std::size_t stride);

    /// Uploads all instances at once and draws them with one call; makes no call if there are none. Leaves
    /// the shader in use.
    template <class Instance>
    void draw(std::span<const Instance> instances, gl::Shader& shader, const Viewport& viewport) {
        static_assert(std::is_trivially_copyable_v<Instance>);
        draw_bytes(std::as_bytes(instances), shader, viewport);
    }

    /// Returns how many draw calls were made since the last call of this function.
    int take_draw_calls();

  private:
    void draw_bytes(std::span<const std::byte> bytes, gl::Shader& shader, const Viewport& viewport);

    gl::Buffer buffer_;
    gl::VertexArray array_;
    std::size_t stride_;
    int draw_calls_ = 0;
};

}  // namespace loopscope::render
