#include "app/gl/vertex_array.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include <glad/gl.h>

#include "app/gl/framebuffer.hpp"
#include "app/gl/shader.hpp"
#include "tests/app/gl/with_context.hpp"

namespace loopscope::gl {
namespace {

using VertexArrayTest = WithContext;

struct Block {
    std::int32_t column;
    std::array<std::uint8_t, 4> color;
};

/// Fills one pixel column with a block's colour, out of three indices and a block for each instance.
constexpr auto vertex_source =
    "layout(location = 0) in int column;\n"
    "layout(location = 1) in vec4 color;\n"
    "out vec4 block_color;\n"
    "void main() {\n"
    "    float left = float(column) - 1.0;\n"
    "    gl_Position = vec4(gl_VertexID == 1 ? left + 2.0 : left, gl_VertexID == 2 ? 3.0 : -1.0, 0, 1);\n"
    "    block_color = color;\n"
    "}";
constexpr auto fragment_source =
    "in vec4 block_color;\n"
    "out vec4 color;\n"
    "void main() { color = block_color; }";

TEST_F(VertexArrayTest, feeds_indices_and_attributes_of_every_instance) {
    auto framebuffer = Framebuffer::create({2, 1});
    auto shader = Shader::compile("blocks", vertex_source, fragment_source);
    ASSERT_TRUE(framebuffer);
    ASSERT_TRUE(shader) << shader.error().message;
    Buffer blocks;
    Buffer indices;
    VertexArray array;
    array.add(blocks, {.location = 0,
                       .type = Component::int32,
                       .offset = offsetof(Block, column),
                       .stride = sizeof(Block),
                       .per_instance = true});
    array.add(blocks, {.location = 1,
                       .components = 4,
                       .type = Component::uint8_unit,
                       .offset = offsetof(Block, color),
                       .stride = sizeof(Block),
                       .per_instance = true});
    array.use_indices(indices);
    blocks.upload(std::array{Block{0, {10, 20, 30, 255}}, Block{1, {40, 50, 60, 255}}});
    indices.upload(
        std::array<std::uint16_t, 3>{0, 1, 2});  // after use_indices: an upload must not touch the array

    framebuffer->bind();
    shader->use();
    array.bind();
    glDrawElementsInstanced(GL_TRIANGLES, 3, GL_UNSIGNED_SHORT, nullptr, 2);
    EXPECT_EQ(framebuffer->read_pixels().rgba, (std::vector<std::uint8_t>{10, 20, 30, 255, 40, 50, 60, 255}));
}

}  // namespace
}  // namespace loopscope::gl
