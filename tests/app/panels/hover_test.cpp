#include "app/panels/hover.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::panels {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class HoverTest : public testing::Test {
  protected:
    /// Over an event in a task's lane.
    [[nodiscard]] static timeline::Hit over(EventIndex event, TaskId task) {
        timeline::Hit hit;
        hit.part = timeline::Hit::Part::lanes;
        hit.task = task;
        hit.event = event;
        return hit;
    }

    session::Session session_ = session::finished_seed(trace::Storage::global);
    trace::PrintInfo print_ = session_.index().prints().front();
};

TEST_F(HoverTest, over_a_print_says_who_prints_what_and_who_wrote_it) {
    const std::string text = hover_text(session_, over(print_.event, print_.task));
    EXPECT_THAT(text, HasSubstr(" prints 'c'  ·  0.0"));
    EXPECT_THAT(text, HasSubstr("\nwritten by "));
    EXPECT_NE(print_.task, print_.writer_task);
    EXPECT_THAT(text, EndsWith(explain::task_label(session_.log(), session_.index(), print_.writer_task)));
}

TEST_F(HoverTest, over_another_event_says_whose_it_is_and_when) {
    const EventIndex step = print_.event - 2;
    ASSERT_EQ(session_.log()[step].kind(), trace::Kind::step);
    const std::string text = hover_text(session_, over(step, print_.task));
    EXPECT_THAT(text, StartsWith(explain::task_label(session_.log(), session_.index(), print_.task)));
    EXPECT_THAT(text, testing::Not(HasSubstr("prints")));
}

TEST_F(HoverTest, over_a_column_says_what_it_has_merged) {
    timeline::Hit hit = over(print_.event, print_.task);
    hit.merged.emplace();
    hit.merged->steps = 7;
    hit.merged->prints = 5;
    hit.merged->leaks = 3;
    EXPECT_THAT(hover_text(session_, hit), EndsWith("\nin this column: 7 steps, 5 prints, 3 leak"));
    hit.merged->stales = 2;
    EXPECT_THAT(hover_text(session_, hit), EndsWith("\nin this column: 7 steps, 5 prints, 3 leak, 2 stale"));
}

TEST_F(HoverTest, over_nothing_says_nothing) {
    EXPECT_EQ(hover_text(session_, {}), "");
    timeline::Hit hit = over(print_.event - 2, print_.task);
    hit.task = {};
    EXPECT_EQ(hover_text(session_, hit), "");
}

}  // namespace
}  // namespace loopscope::panels
