#include "core/feed/feed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/feed/file_feed.hpp"
#include "core/format/info.hpp"
#include "tests/support/hesitant_feed.hpp"

namespace loopscope::feed {
namespace {

using testing::HasSubstr;

Setup seed_setup() {
    return setup_of("indication", trace::Storage::global);
}

TEST(Feed, adds_no_more_than_its_budget_says) {
    ProgramFeed by_handle(seed_setup());
    ProgramFeed at_once(seed_setup());
    for (int each = 0; each < 20; ++each) by_handle.poll({.handles = 1});
    at_once.poll({.handles = 20});
    EXPECT_EQ(trace::events_of(at_once.log()), trace::events_of(by_handle.log()));

    const std::uint32_t length = at_once.log().size() + 50;
    EXPECT_EQ(at_once.poll({.length = length}), Status::grew);
    EXPECT_GE(at_once.log().size(), length);
    EXPECT_LT(at_once.log().size(), length + 20) << "the handle that makes it so long is the last";
    const std::uint32_t before = at_once.log().size();
    EXPECT_EQ(at_once.poll({.length = length}), Status::grew);
    EXPECT_EQ(at_once.log().size(), before);

    EXPECT_EQ(at_once.poll({.until = Time(std::chrono::seconds(1))}), Status::grew);
    EXPECT_GT(at_once.time(), Time(std::chrono::seconds(1)));
    EXPECT_EQ(at_once.poll({}), Status::ended);
    EXPECT_TRUE(at_once.over());
}

TEST(Feed, that_has_little_time_does_a_little) {
    ProgramFeed feed(setup_of("indication", trace::Storage::global, {{"duration", "3600"}}));
    const std::uint32_t before = feed.log().size();
    EXPECT_EQ(feed.poll({.time = std::chrono::nanoseconds(0)}), Status::grew);
    EXPECT_GT(feed.log().size(), before);
}

TEST(Feed, that_is_over_stays_so) {
    ProgramFeed feed(seed_setup());
    finish(feed);
    const std::uint32_t length = feed.log().size();
    EXPECT_EQ(feed.poll({}), Status::ended);
    EXPECT_EQ(feed.log().size(), length);
}

TEST(Feed, of_a_file_has_ended_before_it_was_asked) {
    const auto live = finished_seed();
    const std::shared_ptr<const trace::Log> log(live, &live->feed->log());
    FileFeed feed(log, info_of(*live->feed), "t.loopscope");
    EXPECT_TRUE(feed.over());
    EXPECT_EQ(feed.poll({}), Status::ended);
    for (const Result<void>& ability :
         {feed.can().step, feed.can().select, feed.can().fork, feed.can().stop}) {
        ASSERT_FALSE(ability);
        EXPECT_THAT(ability.error().message, HasSubstr("'t.loopscope' is a recording"));
    }
}

TEST(Feed, of_a_file_keeps_the_texts_of_all_files_when_it_is_saved_again) {
    const auto live = finished_seed();
    const std::shared_ptr<const trace::Log> log(live, &live->feed->log());
    format::Info info = info_of(*live->feed);
    info.listings = {{2, "import asyncio\n"}, {5, "pass\n"}};
    const FileFeed feed(log, info, "t.loopscope");
    EXPECT_EQ(feed.about().others->at(5).lines().front(), "pass");
    EXPECT_EQ(info_of(feed).listings, info.listings);
}

TEST(Feed, says_what_a_program_of_ours_can) {
    const ProgramFeed feed(seed_setup());
    EXPECT_TRUE(feed.can().step);
    EXPECT_TRUE(feed.can().select);
    EXPECT_TRUE(feed.can().fork);
    EXPECT_FALSE(feed.can().stop);
}

TEST(Feed, that_waits_is_not_over_and_that_fails_says_why) {
    HesitantFeed feed(seed_setup(), {.waits = 2, .handles = 4, .fails_after = 1});
    const std::uint32_t start = feed.log().size();
    EXPECT_EQ(feed.poll({}), Status::waiting);
    EXPECT_EQ(feed.poll({}), Status::waiting);
    EXPECT_FALSE(feed.over());
    EXPECT_EQ(feed.log().size(), start);
    EXPECT_EQ(feed.poll({}), Status::grew);
    const std::uint32_t grown = feed.log().size();
    EXPECT_GT(grown, start);
    while (!feed.over()) feed.poll({});
    EXPECT_EQ(feed.status(), Status::failed);
    EXPECT_EQ(feed.error().message, HesitantFeed::lost);
    EXPECT_EQ(feed.log().size(), grown) << "what it has stands";
}

TEST(Feed, that_is_stopped_ends_where_it_is) {
    HesitantFeed feed(seed_setup(), {});
    feed.stop();
    EXPECT_EQ(feed.poll({}), Status::ended);
    EXPECT_EQ(feed.polls(), 0);
}

}  // namespace
}  // namespace loopscope::feed
