#include "core/feed/annotations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/feeds.hpp"

namespace loopscope::feed {
namespace {

using testing::ElementsAre;

std::vector<EventIndex> events_of(const Annotations& annotations) {
    std::vector<EventIndex> events;
    for (const trace::Mark& mark : annotations.marks) events.push_back(mark.event);
    return events;
}

TEST(Annotations, are_written_in_order_replaced_and_taken_away) {
    Annotations annotations = in_order({"", {{{30}, "later"}, {{10}, "early"}}});
    annotations.mark({20}, "between");
    EXPECT_THAT(events_of(annotations), ElementsAre(EventIndex{10}, EventIndex{20}, EventIndex{30}));
    annotations.mark({20}, "again");
    EXPECT_EQ(annotations.marks[1].text, "again");
    annotations.mark({20}, "");
    EXPECT_THAT(events_of(annotations), ElementsAre(EventIndex{10}, EventIndex{30}));
}

TEST(Annotations, keep_what_is_about_the_past_that_two_traces_share) {
    const auto one = finished_seed();
    const auto other = std::make_shared<ProgramFeed>(
        *one->feed->setup(), std::vector<Switch>{{{50}, trace::Storage::contextvar}}, 100);
    Annotations annotations{"", {{{7}, "shared"}, {{50}, "the last one"}, {{51}, "gone"}, {{300}, "gone"}}};
    annotations.keep_shared(one->feed->log(), other->log());
    EXPECT_THAT(events_of(annotations), ElementsAre(EventIndex{7}, EventIndex{50}));
}

}  // namespace
}  // namespace loopscope::feed
