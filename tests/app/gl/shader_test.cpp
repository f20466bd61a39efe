#include "app/gl/shader.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <glad/gl.h>

#include "app/gl/framebuffer.hpp"
#include "app/gl/vertex_array.hpp"
#include "tests/app/gl/whole_picture.hpp"
#include "tests/app/gl/with_context.hpp"

namespace loopscope::gl {
namespace {

using ShaderTest = WithContext;

TEST_F(ShaderTest, draws_with_the_uniforms_that_were_set) {
    auto shader = Shader::compile("fill", whole_picture,
                                  "uniform int red;\n"
                                  "uniform float green;\n"
                                  "uniform vec2 blue;\n"
                                  "uniform vec4 alpha;\n"
                                  "out vec4 color;\n"
                                  "void main() { color = vec4(float(red), green, blue.y, alpha.w); }");
    ASSERT_TRUE(shader) << shader.error().message;
    auto framebuffer = Framebuffer::create({1, 1});
    ASSERT_TRUE(framebuffer);
    const VertexArray corners;
    framebuffer->bind();
    corners.bind();
    shader->use();
    shader->set("red", 1);
    shader->set("green", 0.2F);
    shader->set("blue", std::array{0.0F, 0.4F});
    shader->set("alpha", std::array{0.0F, 0.0F, 0.0F, 0.6F});
    shader->set("a_name_it_does_not_have", std::array{0.0F, 0.0F, 0.0F});
    glDrawArrays(GL_TRIANGLES, 0, 3);
    EXPECT_EQ(framebuffer->read_pixels().rgba, (std::vector<std::uint8_t>{255, 51, 102, 153}));
    EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
}

TEST_F(ShaderTest, that_does_not_compile_names_itself_and_its_stage_and_quotes_the_driver) {
    const auto shader = Shader::compile("blocks", whole_picture, "void main() { nonsense; }");
    ASSERT_FALSE(shader);
    const auto& message = shader.error().message;
    EXPECT_EQ(message.find("the fragment shader of blocks does not compile: "), 0U) << message;
    EXPECT_NE(message.find("nonsense"), std::string::npos) << message;
    EXPECT_NE(message.back(), '\n');
}

TEST_F(ShaderTest, whose_stages_do_not_fit_together_says_so) {
    const auto shader = Shader::compile("blocks",
                                        "out vec2 corner;\n"
                                        "void main() { corner = vec2(0); gl_Position = vec4(0); }",
                                        "in vec4 corner;\n"
                                        "out vec4 color;\n"
                                        "void main() { color = corner; }");
    ASSERT_FALSE(shader);
    EXPECT_EQ(shader.error().message.find("the shaders of blocks cannot be linked: "), 0U);
}

}  // namespace
}  // namespace loopscope::gl
