// SPDX-License-Identifier: MIT
#include "app/render/instances.hpp"

#include <array>
#include <cassert>
#include <utility>

#include "app/gl/opengl.hpp"

namespace loopscope::render {

Instances::Instances(std::span<const Field> fields, std::size_t stride) : stride_(stride) {
    unsigned location = 0;
    for (const Field& field : fields) {
        array_.add(buffer_, {.location = location++,
                             .components = field.components,
                             .type = field.type,
                             .offset = field.offset,
                             .stride = stride,
                             .per_instance = true});
    }
}

void Instances::draw_bytes(std::span<const std::byte> bytes, gl::Shader& shader, const Viewport& viewport) {
    assert(bytes.size() % stride_ == 0);
    if (bytes.empty()) return;
    const auto [width, height] = viewport.framebuffer;
    shader.use();
    shader.set("viewport", std::array{static_cast<float>(width), static_cast<float>(height),
                                      static_cast<float>(viewport.x), static_cast<float>(viewport.y)});
    buffer_.upload(bytes);
    array_.bind();
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(bytes.size() / stride_));
    ++draw_calls_;
}

int Instances::take_draw_calls() {
    return std::exchange(draw_calls_, 0);
}

}  // namespace loopscope::render
