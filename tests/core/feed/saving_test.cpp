#include "core/feed/saving.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/feed/file_feed.hpp"
#include "core/feed/opening.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/support/feeds.hpp"

namespace loopscope::feed {
namespace {

using namespace std::chrono_literals;

TEST(Saving, keeps_the_run_as_it_is_when_it_begins_with_notes_and_marks) {
    const TemporaryFolder folder;
    const auto feed =
        std::make_shared<ProgramFeed>(setup_of("indication", trace::Storage::global, {{"duration", "3600"}}));
    feed->poll({.until = Time(3000s)});
    const std::vector<trace::Event> events = trace::events_of(feed->log());
    format::Info info = info_of(*feed);
    info.notes = "see the mark";
    info.marks = {{EventIndex{7}, "here"}, {EventIndex{500}, "and here"}};
    Saving saving(folder.path() / "t.loopscope", std::make_shared<Branch>(feed), info);
    EXPECT_EQ(saving.events(), events.size());
    EXPECT_EQ(saving.poll(0ns), Status::grew) << "it is too long for one slice";
    EXPECT_GT(saving.progress(), 0);
    finish(*feed);
    ASSERT_EQ(complete(saving), Status::ended);
    const auto opened = read_trace(saving.path());
    ASSERT_TRUE(opened);
    EXPECT_EQ(trace::events_of(*opened->log), events);
    EXPECT_EQ(opened->info, info);
    EXPECT_EQ(opened->missing, "");
}

// Without it the file could not be read: its handles are not in asyncio's order.
TEST(Saving, of_a_recording_keeps_the_schedule_that_it_was_made_under) {
    const TemporaryFolder folder;
    format::Info info;
    info.program = "app.py";
    info.schedule = "ties,io,3=1";
    const auto log = std::make_shared<trace::Log>();
    log->emit(trace::Kind::begin, 0, log->intern(info.program).value);
    const auto feed = std::make_shared<FileFeed>(log, info, "1.loopscope");
    EXPECT_EQ(info_of(*feed).schedule, info.schedule);
}

TEST(Saving, says_why_a_file_cannot_be_written) {
    const TemporaryFolder folder;
    const std::shared_ptr<Branch> seed = finished_seed();
    Saving saving(folder.path() / "nowhere" / "t.loopscope", seed, info_of(*seed->feed));
    ASSERT_EQ(complete(saving), Status::failed);
    EXPECT_THAT(saving.error().message, testing::HasSubstr("t.loopscope"));
}

TEST(Saving, that_is_cancelled_writes_nothing_and_says_so) {
    const TemporaryFolder folder;
    const std::shared_ptr<Branch> seed = finished_seed();
    Saving saving(folder.path() / "t.loopscope", seed, info_of(*seed->feed));
    EXPECT_TRUE(saving.can_cancel());
    saving.cancel();
    ASSERT_EQ(complete(saving), Status::failed);
    EXPECT_THAT(saving.error().message, testing::EndsWith("t.loopscope' is unchanged"));
    EXPECT_FALSE(std::filesystem::exists(saving.path()));
}

TEST(Saving, that_is_left_writes_nothing) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder.path() / "t.loopscope";
    const std::shared_ptr<Branch> seed = finished_seed();
    { const Saving saving(path, seed, info_of(*seed->feed)); }
    EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace loopscope::feed
