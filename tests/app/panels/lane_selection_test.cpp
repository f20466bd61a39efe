#include "app/panels/lane_selection.hpp"

#include <gtest/gtest.h>

#include "app/timeline/lane_focus.hpp"
#include "tests/support/served_requests.hpp"
#include "tests/support/timeline_scene.hpp"

namespace loopscope::panels {
namespace {

using session::ServedRequests;

/// The lanes of a server's trace in a timeline that has room for five.
class LaneSelectionTest : public testing::Test {
  protected:
    LaneSelectionTest() { tree_.update(session_.index()); }

    void go_to(EventIndex event) {
        session_.seek(event);
        const timeline::Focus focus = timeline::focus_at(session_.log(), session_.index(), event);
        tree_.set_focus(focus.running, focus.writer);
        scroll();
    }
    void scroll() {
        layout_ = timeline::Layout::create(1000, 400, tree_.lanes().size(), 1, true);
        const timeline::Scene scene = {
            session_.log(), session_.index(), session_.cursor(), view_, timeline::Theme::dark_theme(), text_};
        selection_.scroll(scene, tree_, layout_, scroll_);
    }
    /// Whether all of a task's own lane is in view.
    [[nodiscard]] bool sees(TaskId task) const {
        const auto position = tree_.position_of(task);
        if (!position || tree_.lanes()[*position].task != task) return false;
        const float top = layout_.lane_top(*position, scroll_);
        return top >= layout_.lanes.y && top + layout_.lane_height <= layout_.lanes.bottom();
    }

    ServedRequests served_{60, 6};
    session::Session session_ = served_.session();
    timeline::LaneTree tree_;
    timeline::Layout layout_;
    timeline::View view_;
    timeline::FixedWidth text_;
    LaneSelection selection_;
    float scroll_ = 0;
};

TEST_F(LaneSelectionTest, the_task_of_a_leak_and_who_wrote_what_it_printed_are_scrolled_to) {
    ASSERT_TRUE(tree_.toggle_all());
    const std::uint32_t leaks = session_.index().leaks_until(session_.head());
    ASSERT_GT(leaks, 10U);
    for (std::uint32_t number = 1; number <= leaks; ++number) {
        const trace::PrintInfo print =
            session_.index().prints()[session_.index().prints().index_of_leak(number)];
        go_to(print.event);
        ASSERT_TRUE(sees(print.task));
        ASSERT_TRUE(sees(print.writer_task));
    }
}

TEST_F(LaneSelectionTest, who_scrolls_is_left_alone_until_the_lanes_are_to_be_followed_again) {
    ASSERT_TRUE(tree_.toggle_all());
    const trace::PrintInfo last = session_.index().prints().back();
    selection_.follow(false);
    go_to(last.event);
    EXPECT_EQ(scroll_, 0);
    selection_.follow(true);
    go_to(last.event - 1);
    EXPECT_TRUE(sees(last.task));
}

TEST_F(LaneSelectionTest, keys_go_from_lane_to_lane_and_unfold_the_one_of_a_group) {
    go_to(session_.index().handles().first(HandleIndex{0}));
    EXPECT_FALSE(selection_.fold(tree_)) << "nothing is selected";
    selection_.move(1, session_, tree_);
    ASSERT_TRUE(selection_.lane());
    EXPECT_TRUE(selection_.lane()->group) << "it is below main, which runs at the cursor";
    ASSERT_TRUE(selection_.fold(tree_));
    EXPECT_EQ(tree_.lanes().size(), 1U + 1 + 60 + 1);
    for (int each = 0; each < 40; ++each) selection_.move(1, session_, tree_);
    scroll();
    EXPECT_TRUE(sees(selection_.lane()->task));
    ASSERT_TRUE(selection_.fold(tree_)) << "a member folds its group again";
    EXPECT_EQ(tree_.position_of(*selection_.lane()), 1U);
    selection_.move(-100, session_, tree_);
    EXPECT_EQ(selection_.lane()->task, TaskId{1});
}

TEST_F(LaneSelectionTest, another_trace_has_no_group_selected) {
    go_to(session_.index().handles().first(HandleIndex{0}));
    selection_.move(1, session_, tree_);
    selection_.forget(1000);
    EXPECT_FALSE(selection_.lane());
    selection_.move(0, session_, tree_);
    EXPECT_EQ(selection_.lane()->task, TaskId{1});
    selection_.forget(1000);
    EXPECT_TRUE(selection_.lane()) << "tasks are numbered alike in a fork";
}

}  // namespace
}  // namespace loopscope::panels
