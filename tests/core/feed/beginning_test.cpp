#include "core/feed/beginning.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "core/feed/opening.hpp"
#include "tests/support/long_file.hpp"

namespace loopscope::feed {
namespace {

using testing::HasSubstr;

std::shared_ptr<Branch> beginning_of(const std::filesystem::path& path) {
    return read_beginning(path, first_events);
}

TEST(Beginning, of_a_long_file_is_its_first_events_and_waits_for_the_others) {
    const LongFile file;
    const auto branch = file.beginning();
    ASSERT_TRUE(branch);
    const trace::Log& log = branch->feed->log();
    EXPECT_GE(log.size(), first_events);
    EXPECT_LT(log.size(), file.log().size() / 10);
    EXPECT_EQ(branch->index.size(), log.size());
    for (EventIndex at; at < log.end_index(); ++at) ASSERT_EQ(log[at], file.log()[at]);
    EXPECT_EQ(branch->feed->about().name, "long.loopscope");
    EXPECT_THAT(std::string(branch->feed->about().source()), HasSubstr("indication"));
    EXPECT_EQ(branch->feed->poll({}), Status::waiting);
    EXPECT_FALSE(branch->feed->has_more());
    EXPECT_EQ(branch->feed->can().fork.error().message,
              "'long.loopscope' is still being read: wait until all of it is here");
    branch->feed->stop();
    EXPECT_EQ(branch->feed->status(), Status::ended);
    EXPECT_THAT(branch->feed->can().fork.error().message, HasSubstr("is a recording"));
}

TEST(Beginning, is_that_of_long_files_of_ours_only) {
    const LongFile file;
    EXPECT_FALSE(read_beginning(file.path(), file.log().size() / 2)) << "not much shorter than the file";
    const auto other = file.folder() / "other";
    EXPECT_FALSE(beginning_of(other)) << "no file";
    EXPECT_FALSE(beginning_of(file.folder()));
    std::ofstream(other) << std::string(1'000'000, ' ') << "[]";
    EXPECT_FALSE(beginning_of(other)) << "another format";
    std::string bytes = file.bytes();
    bytes[bytes.size() / 1000] ^= 1;
    std::ofstream(other) << bytes;
    EXPECT_FALSE(beginning_of(other)) << "damaged";
    const auto pipe = file.folder() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_FALSE(beginning_of(pipe)) << "what came through it would be gone";
    const auto seed = finished_seed();
    ASSERT_TRUE(format::save(other, seed->feed->log(), info_of(*seed->feed)));
    EXPECT_FALSE(read_beginning(other)) << "short";
}

TEST(Beginning, comes_before_the_whole_and_once) {
    const LongFile file;
    Opening opening(file.path(), {.beginning = first_events});
    auto beginning = wait_for_beginning(opening);
    if (!beginning) beginning = opening.take_beginning();  // all of it was read before this thread looked
    ASSERT_TRUE(beginning);
    EXPECT_LT(beginning->feed->log().size(), file.log().size());
    EXPECT_FALSE(opening.take_beginning());
    ASSERT_EQ(complete(opening), Status::ended);
    EXPECT_FALSE(opening.take_beginning());
    EXPECT_EQ(opening.take().branch->feed->log().size(), file.log().size());
}

TEST(Beginning, is_not_read_where_nobody_wants_it) {
    const LongFile file;
    Opening opening(file.path(), {.beginning = std::nullopt});
    EXPECT_FALSE(wait_for_beginning(opening));
    EXPECT_EQ(opening.poll({}), Status::ended);
}

TEST(Beginning, of_a_file_that_is_damaged_further_on_is_followed_by_what_can_be_read) {
    const LongFile file;
    std::string bytes = file.bytes();
    bytes[bytes.size() / 2] ^= 1;
    std::ofstream(file.path()) << bytes;
    Opening opening(file.path(), {.beginning = first_events});
    ASSERT_EQ(complete(opening), Status::ended);
    EXPECT_TRUE(opening.take_beginning());
    const auto arrival = opening.take();
    EXPECT_GT(arrival.branch->feed->log().size(), first_events);
    EXPECT_THAT(arrival.notice, HasSubstr("damaged"));
}

}  // namespace
}  // namespace loopscope::feed
