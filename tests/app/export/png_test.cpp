#include "app/export/png.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/core/base/temporary_folder.hpp"

namespace loopscope::export_ {
namespace {

namespace fs = std::filesystem;

class PngTest : public testing::Test {
    TemporaryFolder temporary_;

  protected:
    const fs::path& folder_ = temporary_.path();
    const gl::Image image_{2, 1, {1, 2, 3, 255, 200, 100, 50, 128}};
};

TEST_F(PngTest, reads_back_what_it_wrote) {
    const auto written = write_png(folder_ / "picture.png", image_);
    ASSERT_TRUE(written) << written.error().message;
    const auto read = read_png(folder_ / "picture.png");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, image_);
}

TEST_F(PngTest, writes_the_same_bytes_for_the_same_picture) {
    ASSERT_TRUE(write_png(folder_ / "first.png", image_));
    ASSERT_TRUE(write_png(folder_ / "second.png", image_));
    std::ifstream first(folder_ / "first.png", std::ios::binary);
    std::ifstream second(folder_ / "second.png", std::ios::binary);
    EXPECT_TRUE(
        std::equal(std::istreambuf_iterator<char>(first), {}, std::istreambuf_iterator<char>(second), {}));
}

TEST_F(PngTest, names_the_folder_that_is_missing) {
    const auto written = write_png(folder_ / "missing" / "picture.png", image_);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().message, "cannot write " + (folder_ / "missing" / "picture.png").string() +
                                           ": the folder " + (folder_ / "missing").string() +
                                           " does not exist; create it or choose another one");
}

TEST_F(PngTest, refuses_an_empty_picture_and_leaves_no_file) {
    EXPECT_FALSE(write_png(folder_ / "picture.png", {}));
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(PngTest, names_a_file_that_is_no_picture) {
    std::ofstream(folder_ / "text.png") << "no picture at all";
    for (const char* name : {"text.png", "missing.png"}) {
        const auto read = read_png(folder_ / name);
        ASSERT_FALSE(read);
        EXPECT_NE(read.error().message.find(name), std::string::npos) << read.error().message;
    }
}

TEST_F(PngTest, refuses_a_picture_that_is_cut_short) {
    gl::Image noise{64, 64, std::vector<std::uint8_t>(std::size_t{64} * 64 * 4)};
    for (std::size_t at = 0; at < noise.rgba.size(); ++at)
        noise.rgba[at] = static_cast<std::uint8_t>(at * at / 7);
    ASSERT_TRUE(write_png(folder_ / "picture.png", noise));
    fs::resize_file(folder_ / "picture.png", fs::file_size(folder_ / "picture.png") / 2);
    EXPECT_FALSE(read_png(folder_ / "picture.png"));
}

}  // namespace
}  // namespace loopscope::export_
