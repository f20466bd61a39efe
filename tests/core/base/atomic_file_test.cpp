#include "core/base/atomic_file.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/core/base/temporary_folder.hpp"

namespace loopscope {
namespace {

namespace fs = std::filesystem;

/// Lets no file of this process grow beyond a size, like a disk that is full.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &kept_);
        const rlimit limit{bytes, kept_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &kept_);
        std::signal(SIGXFSZ, kept_handler_);
    }

  private:
    rlimit kept_{};
    void (*kept_handler_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

class AtomicFileTest : public testing::Test {
    TemporaryFolder temporary_;

  protected:
    static std::string content(const fs::path& path) {
        std::ifstream stream(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    std::ptrdiff_t files() const { return std::distance(fs::directory_iterator(folder_), {}); }

    static std::string why_not(const fs::path& path) {
        const auto file = AtomicFile::open(path);
        return file ? "it opened" : file.error().message;
    }

    const fs::path& folder_ = temporary_.path();
    const fs::path path_ = folder_ / "trace.json";
};

TEST_F(AtomicFileTest, appears_with_its_whole_content_when_committed) {
    auto file = AtomicFile::open(path_);
    ASSERT_TRUE(file) << file.error().message;
    ASSERT_TRUE(file->write("one "));
    ASSERT_TRUE(file->write("two"));
    EXPECT_FALSE(fs::exists(path_));
    ASSERT_TRUE(file->commit());
    EXPECT_EQ(content(path_), "one two");
    EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFileTest, leaves_the_old_file_when_it_is_not_committed) {
    std::ofstream(path_) << "old";
    {
        auto file = AtomicFile::open(path_);
        ASSERT_TRUE(file && file->write("new"));
        auto moved = std::move(*file);
        ASSERT_TRUE(moved.write("er"));
    }
    EXPECT_EQ(content(path_), "old");
    EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFileTest, leaves_the_old_file_when_the_disk_is_full) {
    std::ofstream(path_) << "old";
    auto file = AtomicFile::open(path_);
    ASSERT_TRUE(file) << file.error().message;
    const FullDisk full(100);
    ASSERT_TRUE(file->write(std::string(60, 'x')));
    const auto written = file->write(std::string(60, 'x'));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().message.find("cannot write " + path_.string() + ": "), 0U)
        << written.error().message;
    EXPECT_EQ(content(path_), "old");
    EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFileTest, has_no_name_that_could_stay_behind_while_it_is_written) {
    const int probe = ::open(folder_.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (probe < 0) GTEST_SKIP() << "this file system has no files without a name";
    ::close(probe);
    auto file = AtomicFile::open(path_);
    ASSERT_TRUE(file && file->write("new"));
    EXPECT_EQ(files(), 0);
    ASSERT_TRUE(file->commit());
    EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFileTest, makes_the_file_that_a_link_leads_to) {
    fs::create_symlink("trace.json", folder_ / "link");
    auto file = AtomicFile::open(folder_ / "link");
    ASSERT_TRUE(file && file->write("new") && file->commit());
    EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
    EXPECT_EQ(content(path_), "new");
}

TEST_F(AtomicFileTest, follows_a_link_and_keeps_permissions) {
    std::ofstream(path_) << "old";
    fs::permissions(path_, fs::perms::owner_read | fs::perms::owner_write);
    const auto kept = fs::status(path_).permissions();
    fs::create_symlink("trace.json", folder_ / "link");
    auto file = AtomicFile::open(folder_ / "link");
    ASSERT_TRUE(file && file->write("new") && file->commit());
    EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
    EXPECT_EQ(content(path_), "new");
    EXPECT_EQ(fs::status(path_).permissions(), kept);
}

TEST_F(AtomicFileTest, takes_the_longest_name_that_a_folder_does) {
    const auto longest = folder_ / std::string(255, 'n');
    auto file = AtomicFile::open(longest);
    ASSERT_TRUE(file && file->write("x") && file->commit());
    EXPECT_EQ(content(longest), "x");
}

TEST_F(AtomicFileTest, says_what_is_wrong_with_a_path) {
    std::ofstream(path_) << "old";
    EXPECT_NE(why_not(folder_ / "missing" / "x").find("missing does not exist; create it"),
              std::string::npos);
    EXPECT_NE(why_not(path_ / "x").find("trace.json is not a folder"), std::string::npos);
    EXPECT_NE(why_not(folder_).find("it is a folder"), std::string::npos);
    EXPECT_NE(why_not("/dev/full").find("it is a device"), std::string::npos);
    EXPECT_NE(why_not("").find("it names no file"), std::string::npos);
    EXPECT_EQ(files(), 1);
}

}  // namespace
}  // namespace loopscope
