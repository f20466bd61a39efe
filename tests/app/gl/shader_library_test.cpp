#include "app/gl/shader_library.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <glad/gl.h>

#include "app/gl/framebuffer.hpp"
#include "app/gl/vertex_array.hpp"
#include "tests/app/gl/whole_picture.hpp"
#include "tests/app/gl/with_context.hpp"
#include "tests/core/base/temporary_folder.hpp"

namespace loopscope::gl {
namespace {

namespace fs = std::filesystem;

std::string fill_with(const std::string& color) {
    return "out vec4 color;\nvoid main() { color = " + color + "; }";
}

std::string_view embedded(std::string_view name) {
    if (name == "fill.vert") return whole_picture;
    if (name == "fill.frag") return "out vec4 color;\nvoid main() { color = vec4(1); }";
    return {};
}

using Rgba = std::vector<std::uint8_t>;

Rgba pixel_drawn_by(const Shader& shader) {
    auto framebuffer = Framebuffer::create({1, 1});
    EXPECT_TRUE(framebuffer);
    const VertexArray corners;
    framebuffer->bind();
    corners.bind();
    shader.use();
    glDrawArrays(GL_TRIANGLES, 0, 3);
    return framebuffer->read_pixels().rgba;
}

class ShaderLibraryTest : public WithContext {
    TemporaryFolder temporary_;

  protected:
    ShaderLibraryTest() {
        save("fill.vert", std::string(whole_picture));
        save("fill.frag", fill_with("vec4(1, 0, 0, 1)"));
    }
    /// Writes a file, later than any before it whatever the file system's clock is.
    void save(const char* name, const std::string& text) {
        std::ofstream(folder_ / name) << text;
        last_save_ += std::chrono::seconds(1);
        fs::last_write_time(folder_ / name, last_save_);
    }

    const fs::path& folder_ = temporary_.path();

  private:
    fs::file_time_type last_save_ = fs::file_time_type::clock::now();
};

TEST_F(ShaderLibraryTest, gives_embedded_shaders_by_their_stem) {
    ShaderLibrary library(embedded);
    const auto shader = library.find("fill");
    ASSERT_TRUE(shader) << shader.error().message;
    EXPECT_EQ(pixel_drawn_by(**shader), (Rgba{255, 255, 255, 255}));
    EXPECT_TRUE(library.poll());
    EXPECT_EQ(library.find("fill"), shader);
}

TEST_F(ShaderLibraryTest, names_a_file_that_is_not_there) {
    ShaderLibrary in_program(embedded);
    const auto missing = in_program.find("blocks");
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().message.find("blocks.vert"), std::string::npos);
    ShaderLibrary in_folder(folder_);
    EXPECT_NE(in_folder.find("blocks").error().message.find("blocks.vert"), std::string::npos);
}

TEST_F(ShaderLibraryTest, draws_with_a_changed_shader_after_the_next_poll) {
    ShaderLibrary library(folder_);
    const auto shader = library.find("fill");
    ASSERT_TRUE(shader) << shader.error().message;
    EXPECT_EQ(pixel_drawn_by(**shader), (Rgba{255, 0, 0, 255}));
    EXPECT_TRUE(library.poll());
    EXPECT_EQ(library.reloads(), 0);
    save("fill.frag", fill_with("vec4(0, 1, 0, 1)"));
    EXPECT_TRUE(library.poll());
    EXPECT_EQ(library.reloads(), 1);
    EXPECT_EQ(pixel_drawn_by(**shader), (Rgba{0, 255, 0, 255}));
}

TEST_F(ShaderLibraryTest, keeps_the_last_good_shader_and_the_error_until_it_is_mended) {
    ShaderLibrary library(folder_);
    const auto shader = library.find("fill");
    ASSERT_TRUE(shader) << shader.error().message;
    save("fill.frag", fill_with("nonsense"));
    for (int frame = 0; frame < 2; ++frame) {
        const auto polled = library.poll();
        ASSERT_FALSE(polled);
        EXPECT_NE(polled.error().message.find("nonsense"), std::string::npos);
    }
    EXPECT_EQ(pixel_drawn_by(**shader), (Rgba{255, 0, 0, 255}));
    save("fill.frag", fill_with("vec4(0, 0, 1, 1)"));
    EXPECT_TRUE(library.poll());
    EXPECT_EQ(pixel_drawn_by(**shader), (Rgba{0, 0, 255, 255}));
}

TEST_F(ShaderLibraryTest, survives_an_editor_that_removes_a_file_before_it_writes_it) {
    ShaderLibrary library(folder_);
    const auto shader = library.find("fill");
    ASSERT_TRUE(shader) << shader.error().message;
    fs::remove(folder_ / "fill.frag");
    EXPECT_FALSE(library.poll());
    EXPECT_EQ(pixel_drawn_by(**shader), (Rgba{255, 0, 0, 255}));
    save("fill.frag", fill_with("vec4(0, 1, 0, 1)"));
    EXPECT_TRUE(library.poll());
    EXPECT_EQ(pixel_drawn_by(**shader), (Rgba{0, 255, 0, 255}));
}

}  // namespace
}  // namespace loopscope::gl
