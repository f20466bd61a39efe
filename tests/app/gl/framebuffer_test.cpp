#include "app/gl/framebuffer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>

#include <glad/gl.h>

#include "app/gl/shader.hpp"
#include "app/gl/vertex_array.hpp"
#include "tests/app/gl/with_context.hpp"

namespace loopscope::gl {
namespace {

using Pixel = std::array<int, 4>;

Pixel pixel(const Image& image, int x, int y) {
    const auto at = static_cast<std::size_t>(y * image.width + x) * 4;
    return {image.rgba[at], image.rgba[at + 1], image.rgba[at + 2], image.rgba[at + 3]};
}

void clear(float red, float green, float blue) {
    glClearColor(red, green, blue, 1);
    glClear(GL_COLOR_BUFFER_BIT);
}

/// The shades of red in a picture of a red triangle whose long edge runs across it, none of it along the
/// pixels.
std::set<int> shades_of_a_triangle(Multisampling multisampling) {
    auto framebuffer = Framebuffer::create({64, 64}, multisampling);
    auto shader = Shader::compile("triangle",
                                  "layout(location = 0) in vec2 corner;\n"
                                  "void main() { gl_Position = vec4(corner, 0, 1); }",
                                  "out vec4 color;\n"
                                  "void main() { color = vec4(1, 0, 0, 1); }");
    EXPECT_TRUE(framebuffer && shader);
    Buffer corners;
    corners.upload(std::array{-1.0F, -1.0F, 1.0F, -1.0F, -1.0F, 0.7F});
    VertexArray triangle;
    triangle.add(corners, {.location = 0, .components = 2, .stride = 2 * sizeof(float)});
    framebuffer->bind();
    clear(0, 0, 0);
    shader->use();
    triangle.bind();
    glDrawArrays(GL_TRIANGLES, 0, 3);
    const Image image = framebuffer->read_pixels();
    std::set<int> shades;
    for (std::size_t at = 0; at < image.rgba.size(); at += 4) shades.insert(image.rgba[at]);
    return shades;
}

class FramebufferTest : public WithContext, public testing::WithParamInterface<Multisampling> {};

TEST_P(FramebufferTest, is_copied_to_the_bound_one_whatever_is_scissored) {
    auto framebuffer = Framebuffer::create({5, 3}, GetParam());
    auto other = Framebuffer::create({5, 3});
    ASSERT_TRUE(framebuffer && other);
    framebuffer->bind();
    clear(1, 0, 0);
    other->bind();
    clear(0, 0, 1);
    glEnable(GL_SCISSOR_TEST);
    glScissor(0, 0, 1, 1);
    framebuffer->copy_to_bound(framebuffer->size());
    EXPECT_TRUE(glIsEnabled(GL_SCISSOR_TEST));
    glDisable(GL_SCISSOR_TEST);
    EXPECT_EQ(pixel(other->read_pixels(), 4, 0), (Pixel{255, 0, 0, 255}));
    clear(0, 1, 0);  // what was bound still is
    EXPECT_EQ(pixel(other->read_pixels(), 2, 2), (Pixel{0, 255, 0, 255}));
    EXPECT_EQ(pixel(framebuffer->read_pixels(), 2, 2), (Pixel{255, 0, 0, 255}));
}

TEST_P(FramebufferTest, is_read_top_row_first) {
    auto framebuffer = Framebuffer::create({5, 3}, GetParam());
    ASSERT_TRUE(framebuffer) << framebuffer.error().message;
    framebuffer->bind();
    clear(0, 0, 1);
    glEnable(GL_SCISSOR_TEST);
    glScissor(0, 2, 4, 1);  // OpenGL's row 2 is the top one
    clear(1, 0, 0);
    const Image image = framebuffer->read_pixels();
    EXPECT_EQ(image.width, 5);
    EXPECT_EQ(image.height, 3);
    EXPECT_EQ(pixel(image, 0, 0), (Pixel{255, 0, 0, 255}));
    EXPECT_EQ(pixel(image, 4, 0), (Pixel{0, 0, 255, 255}));
    EXPECT_EQ(pixel(image, 0, 1), (Pixel{0, 0, 255, 255}));
    EXPECT_EQ(pixel(image, 4, 2), (Pixel{0, 0, 255, 255}));
}

TEST_P(FramebufferTest, stays_what_is_drawn_into_after_it_is_read) {
    auto framebuffer = Framebuffer::create({2, 2}, GetParam());
    ASSERT_TRUE(framebuffer) << framebuffer.error().message;
    framebuffer->bind();
    clear(1, 0, 0);
    EXPECT_EQ(pixel(framebuffer->read_pixels(), 0, 0), (Pixel{255, 0, 0, 255}));
    clear(0, 1, 0);
    EXPECT_EQ(pixel(framebuffer->read_pixels(), 0, 0), (Pixel{0, 255, 0, 255}));
}

TEST_P(FramebufferTest, too_large_for_the_driver_says_to_choose_a_smaller_size) {
    const auto framebuffer = Framebuffer::create({1 << 20, 1 << 20}, GetParam());
    ASSERT_FALSE(framebuffer);
    EXPECT_EQ(framebuffer.error().code, Error::Code::too_large);
    EXPECT_NE(framebuffer.error().message.find("choose a smaller size"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Samples, FramebufferTest, testing::Values(Multisampling::off, Multisampling::four));

using FramebufferEdges = WithContext;

TEST_F(FramebufferEdges, are_smooth_with_multisampling_only) {
    EXPECT_EQ(shades_of_a_triangle(Multisampling::off), (std::set{0, 255}));
    EXPECT_GT(shades_of_a_triangle(Multisampling::four).size(), 2U);
}

}  // namespace
}  // namespace loopscope::gl
