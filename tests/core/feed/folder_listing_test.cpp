#include "core/feed/folder_listing.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace loopscope::feed {
namespace {

namespace fs = std::filesystem;

class FolderListingTest : public testing::Test {
  protected:
    void SetUp() override { fs::create_directories(folder_); }
    void TearDown() override { fs::remove_all(folder_); }

    void write(const std::string& name, std::string_view text) {
        std::ofstream(folder_ / name, std::ios::binary) << text;
    }
    static std::vector<std::string> names(const FolderListing& listing) {
        std::vector<std::string> names;
        for (const FolderListing::Entry& each : listing.entries()) names.push_back(each.name);
        return names;
    }
    static FolderListing::Kind kind_of(const FolderListing& listing, std::string_view name) {
        for (std::size_t each = 0; each < listing.entries().size(); ++each) {
            if (listing.entries()[each].name == name) return listing.kind(each);
        }
        return FolderListing::Kind::unknown;
    }

    fs::path folder_ =
        fs::temp_directory_path() / ("loopscope-listing-" + std::to_string(::getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(FolderListingTest, has_folders_first_and_names_whatever_their_case) {
    fs::create_directory(folder_ / "zoo");
    write("b.txt", "");
    write("A.txt", "");
    write("a.txt", "x");
    FolderListing listing(folder_);
    ASSERT_EQ(complete(listing), Status::ended);
    EXPECT_THAT(names(listing), testing::ElementsAre("zoo", "A.txt", "a.txt", "b.txt"));
    EXPECT_EQ(listing.entries()[2].size, 1U);
    EXPECT_EQ(listing.path(0), folder_ / "zoo");
    EXPECT_EQ(listing.progress(), 1);
}

TEST_F(FolderListingTest, says_which_files_begin_like_a_trace_whatever_they_are_called) {
    const std::string trace = R"({"traceEvents":[{"ph":"X","ts":1,"dur":5,"pid":1,"tid":1,"name":"work"}]})";
    write("notes.json", trace);
    write("trace.txt", "a letter");
    write("empty.json", "");
    fs::create_directory(folder_ / "folder.json");
    ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    FolderListing listing(folder_);
    ASSERT_EQ(complete(listing), Status::ended) << "it waits for no writer";
    using Kind = FolderListing::Kind;
    EXPECT_EQ(kind_of(listing, "notes.json"), Kind::trace);
    EXPECT_EQ(kind_of(listing, "trace.txt"), Kind::other);
    EXPECT_EQ(kind_of(listing, "empty.json"), Kind::other);
    EXPECT_EQ(kind_of(listing, "folder.json"), Kind::folder);
    EXPECT_EQ(kind_of(listing, "pipe"), Kind::other);
}

TEST_F(FolderListingTest, looks_into_compressed_files) {
    const std::string trace = R"([{"ph":"X","ts":1,"dur":5,"pid":1,"tid":1,"name":"work"}])";
    write("plain", trace);
    write("letter", "a letter");
    for (const char* const name : {"plain", "letter"}) {
        const std::string command = "gzip -k '" + (folder_ / name).string() + "'";
        ASSERT_EQ(std::system(command.c_str()), 0);
    }
    EXPECT_TRUE(begins_like_trace(folder_ / "plain.gz"));
    EXPECT_FALSE(begins_like_trace(folder_ / "letter.gz"));
}

TEST_F(FolderListingTest, of_a_folder_that_is_not_there_says_so) {
    FolderListing listing(folder_ / "gone");
    ASSERT_EQ(complete(listing), Status::failed);
    EXPECT_THAT(listing.error().message, testing::HasSubstr("gone"));
    EXPECT_FALSE(listing.listed());
}

TEST_F(FolderListingTest, of_files_leaves_out_those_that_have_gone) {
    write("here.json", "[]");
    FolderListing listing({folder_ / "gone.json", folder_ / "here.json"});
    ASSERT_EQ(complete(listing), Status::ended);
    EXPECT_THAT(names(listing), testing::ElementsAre((folder_ / "here.json").string()));
    EXPECT_EQ(listing.path(0), folder_ / "here.json");
}

}  // namespace
}  // namespace loopscope::feed
