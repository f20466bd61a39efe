#include "core/explore/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/explore/chooser.hpp"

namespace loopscope::explore {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

TEST(Schedule, is_written_as_its_freedoms_and_the_choices_that_are_its_own) {
    EXPECT_EQ(text_of({{true, 50ms, true}, {0, 0, 1, 0, 2}}), "ties,jitter=0.05,ready,2=1,4=2");
    EXPECT_EQ(text_of({{false, 0ms, false}, {}}), "");
    EXPECT_EQ(text_of({{true, 50ms, true, true, true, true}, {0, 3}}),
              "ties,jitter=0.05,io,sets,threads,ready,1=3");
}

TEST(Schedule, is_read_as_it_was_written) {
    const Schedule schedules[] = {{{true, 0ms, false}, {}},
                                  {{false, 1us, true}, {0, 7}},
                                  {{true, 333333333ns, true}, {1, 0, 2}},
                                  {{false, 0ms, false, true, false, true}, {0, 0, 5}},
                                  {{true, 1ms, false, false, true, false}, {2}}};
    for (const Schedule& schedule : schedules) EXPECT_EQ(parse_schedule(text_of(schedule)).value(), schedule);
}

TEST(Schedule, that_makes_no_sense_is_an_error_that_says_what_it_has_to_be) {
    for (const char* text :
         {"tie", "x=1", "1=x", "1=", "=1", "ties,,ready", "-1=1", "99999999999=1", "4000000000=1"}) {
        const auto parsed = parse_schedule(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_THAT(parsed.error().message, HasSubstr("POINT=ALTERNATIVE")) << text;
    }
    EXPECT_THAT(parse_schedule("jitter=soon").error().message, HasSubstr("jitter"));
}

TEST(Schedule, is_as_long_as_its_own_choices_are_many) {
    EXPECT_EQ(deviations({}), 0u);
    EXPECT_EQ(deviations({0, 1, 0, 3}), 2u);
}

TEST(Chooser, takes_what_it_is_given_and_then_what_asyncio_does) {
    Chooser chooser(Schedule{{}, {1, 0, 2}});
    EXPECT_EQ(chooser.choose(loop::Freedom::tie, 2), 1u);
    EXPECT_EQ(chooser.choose(loop::Freedom::tie, 2), 0u);
    EXPECT_EQ(chooser.choose(loop::Freedom::tie, 3), 2u);
    EXPECT_EQ(chooser.choose(loop::Freedom::tie, 3), 0u);
    EXPECT_EQ(choices_of(chooser.points()), (Choices{1, 0, 2}));
}

TEST(Chooser, takes_asyncio_s_own_for_an_alternative_that_there_is_not) {
    Chooser chooser(Schedule{{}, {5}});
    EXPECT_EQ(chooser.choose(loop::Freedom::tie, 2), 0u);
}

TEST(Chooser, is_possible_for_asyncio_as_long_as_the_ready_queue_keeps_its_order) {
    Chooser chooser(Schedule{{true, 1ms, true}, {1, 1, 0, 1}});
    chooser.choose(loop::Freedom::tie, 2);
    chooser.choose(loop::Freedom::jitter, 3);
    chooser.choose(loop::Freedom::ready, 2);
    EXPECT_TRUE(is_possible(chooser.points()));
    chooser.choose(loop::Freedom::ready, 2);
    EXPECT_FALSE(is_possible(chooser.points()));
}

TEST(Chooser, takes_every_alternative_about_as_often_at_random) {
    Chooser chooser({}, 1);
    int taken[3] = {};
    for (int at = 0; at < 3000; ++at) ++taken[chooser.choose(loop::Freedom::tie, 3)];
    for (const int times : taken) EXPECT_NEAR(times, 1000, 150);
}

}  // namespace
}  // namespace loopscope::explore
