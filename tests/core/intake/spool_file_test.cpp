#include "core/intake/spool_file.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

/// A spool that grows in a file.
class SpoolFiles : public testing::Test {
  protected:
    // A file for each test: they run side by side.
    SpoolFiles()
        : path(testing::TempDir() + testing::UnitTest::GetInstance()->current_test_info()->name() +
               ".spool") {
        std::filesystem::remove(path);
        std::strcpy(head.about, "CPython 3.11.2\n/usr/bin/python3\n/home/ann");
        head.flags = SPOOL_LINES;
    }
    ~SpoolFiles() override { std::filesystem::remove(path); }

    /// Writes the head as it is, and so many records behind those that are there.
    void write(std::uint32_t records) {
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        if (!file) file.open(path, std::ios::binary | std::ios::trunc | std::ios::in | std::ios::out);
        file.write(reinterpret_cast<const char*>(&head), sizeof head);
        file.seekp(static_cast<std::streamoff>(SPOOL_HEAD_BYTES + written * sizeof(Spool_record)));
        for (std::uint32_t each = 0; each < records; ++each) {
            const Spool_record record{SPOOL_READY, static_cast<std::uint32_t>(++written), 0, 0};
            file.write(reinterpret_cast<const char*>(&record), sizeof record);
        }
    }
    void name() { std::memcpy(head.magic, SPOOL_MAGIC, sizeof head.magic); }

    std::string path;
    Spool_head head{};
    std::uint64_t written = 0;
};

TEST_F(SpoolFiles, are_not_there_until_their_head_is_written) {
    EXPECT_FALSE(SpoolFile::open(path).value());
    write(0);
    EXPECT_FALSE(SpoolFile::open(path).value());
    name();
    write(0);
    const auto spool = SpoolFile::open(path);
    ASSERT_TRUE(spool && *spool);
    EXPECT_THAT((*spool)->about(), ElementsAre("CPython 3.11.2", "/usr/bin/python3", "/home/ann"));
    EXPECT_EQ((*spool)->flags(), std::uint32_t{SPOOL_LINES});
}

TEST_F(SpoolFiles, give_what_is_published_and_no_more) {
    name();
    write(3);
    head.published = 2;
    write(0);
    auto spool = SpoolFile::open(path).value();
    EXPECT_THAT(spool->read().value(), SizeIs(2));
    EXPECT_THAT(spool->read().value(), SizeIs(0));
    head.published = 3;
    write(0);
    const auto records = spool->read().value();
    ASSERT_THAT(records, SizeIs(1));
    EXPECT_EQ(records[0].subject, 3U);
}

TEST_F(SpoolFiles, take_no_more_room_than_what_was_not_read_yet) {
    constexpr std::uint32_t many = 1U << 20;
    name();
    head.published = many;
    write(many);
    auto spool = SpoolFile::open(path).value();
    std::uint64_t expected = 0;
    for (auto records = spool->read().value(); !records.empty(); records = spool->read().value()) {
        for (const Spool_record& record : records) ASSERT_EQ(record.subject, ++expected);
    }
    EXPECT_EQ(expected, many);
    EXPECT_EQ(std::filesystem::file_size(path), SPOOL_HEAD_BYTES + many * sizeof(Spool_record));
}

TEST_F(SpoolFiles, that_are_cut_off_say_so) {
    name();
    write(1);
    head.published = 5;
    write(0);
    auto spool = SpoolFile::open(path).value();
    EXPECT_THAT(spool->read().error().message, HasSubstr("that_are_cut_off_say_so.spool are cut off"));
}

}  // namespace
}  // namespace loopscope::intake
