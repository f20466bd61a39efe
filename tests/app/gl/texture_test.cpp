#include "app/gl/texture.hpp"

#include <array>
#include <string>
#include <vector>

#include <glad/gl.h>

#include "tests/app/gl/with_context.hpp"

namespace loopscope::gl {
namespace {

using TextureTest = WithContext;

TEST_F(TextureTest, takes_a_region_whose_rows_are_no_multiple_of_four_bytes) {
    auto texture = Texture::create({5, 3}, TextureFormat::r8);
    ASSERT_TRUE(texture) << texture.error().message;
    texture->upload({0, 0, {5, 3}}, std::vector<std::uint8_t>(15, 9));
    texture->upload({1, 1, {3, 2}}, std::array<std::uint8_t, 6>{1, 2, 3, 4, 5, 6});
    std::vector<std::uint8_t> content(15);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glGetTexImage(GL_TEXTURE_2D, 0, GL_RED, GL_UNSIGNED_BYTE, content.data());
    EXPECT_EQ(content, (std::vector<std::uint8_t>{9, 9, 9, 9, 9, 9, 1, 2, 3, 9, 9, 4, 5, 6, 9}));
}

TEST_F(TextureTest, too_large_for_the_driver_says_what_would_fit) {
    GLint limit = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &limit);
    const auto texture = Texture::create({limit + 1, 1}, TextureFormat::rgba8);
    ASSERT_FALSE(texture);
    EXPECT_NE(texture.error().message.find("at most " + std::to_string(limit)), std::string::npos)
        << texture.error().message;
}

TEST_F(TextureTest, without_pixels_is_refused) {
    EXPECT_FALSE(Texture::create({0, 10}, TextureFormat::rgba8));
    EXPECT_FALSE(Texture::create({10, -1}, TextureFormat::rgba8));
}

}  // namespace
}  // namespace loopscope::gl
