#include "core/base/file_identity.hpp"

#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/core/base/temporary_folder.hpp"

namespace loopscope {
namespace {

namespace fs = std::filesystem;

class FileIdentityTest : public testing::Test {
  protected:
    TemporaryFolder temporary;
    const fs::path folder = fs::canonical(temporary.path());
    const fs::path file = folder / "file";
};

TEST_F(FileIdentityTest, is_the_same_through_other_words_and_links) {
    std::ofstream(file) << "x";
    fs::create_directory(folder / "in");
    fs::create_symlink("file", folder / "link");
    fs::create_symlink("link", folder / "link-to-link");
    fs::create_hard_link(file, folder / "hard");
    fs::create_directory_symlink(folder, folder / "here");
    for (const auto* const other :
         {"file", "./file", "in/../file", "link", "link-to-link", "hard", "here/file"})
        EXPECT_TRUE(is_same_file(file, folder / other)) << other;
    std::ofstream(folder / "other") << "x";
    for (const auto* const other : {"other", "in", "in/file", "none"})
        EXPECT_FALSE(is_same_file(file, folder / other)) << other;
}

TEST_F(FileIdentityTest, is_the_same_for_a_file_that_is_still_to_be_made) {
    fs::create_directory(folder / "in");
    fs::create_directory_symlink("in", folder / "here");
    fs::create_symlink("in/file", folder / "link");
    const fs::path none = folder / "in" / "file";
    for (const auto* const other : {"in/file", "in/./file", "here/file", "link"})
        EXPECT_TRUE(is_same_file(none, folder / other)) << other;
    for (const auto* const other : {"file", "in/other", "nowhere/file"})
        EXPECT_FALSE(is_same_file(none, folder / other)) << other;
    EXPECT_EQ(resolved(folder / "link"), none);
}

TEST_F(FileIdentityTest, of_links_that_lead_in_a_circle_is_none) {
    fs::create_symlink("two", folder / "one");
    fs::create_symlink("one", folder / "two");
    EXPECT_FALSE(is_same_file(folder / "one", folder / "three"));
}

TEST_F(FileIdentityTest, is_that_of_an_open_file_until_another_one_has_its_name) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    EXPECT_TRUE(is_open_as(file, descriptor));
    std::ofstream(folder / "other") << "x";
    fs::rename(folder / "other", file);
    EXPECT_FALSE(is_open_as(file, descriptor));
    ::close(descriptor);
}

}  // namespace
}  // namespace loopscope
