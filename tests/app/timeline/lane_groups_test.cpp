#include "app/timeline/lane_groups.hpp"

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/timeline/lane_tree.hpp"
#include "tests/support/served_requests.hpp"

namespace loopscope::timeline {
namespace {

using session::ServedRequests;
using testing::ElementsAre;

/// The lanes from top to bottom: the number of a task, or how many tasks a group has; a sign for each level.
std::string lanes_of(const LaneTree& tree) {
    std::ostringstream lanes;
    for (const Lane& lane : tree.lanes()) {
        lanes << std::string(lane.depth, '.');
        if (lane.group)
            lanes << (tree.group(lane.group).is_library() ? "library×" : "×")
                  << tree.group(lane.group).size();
        else
            lanes << lane.task.value;
        lanes << (lane.is_folded ? "+ " : " ");
    }
    return lanes.str();
}

LaneKey group_of(const LaneTree& tree, TaskId task) {
    return {{}, tree.nodes()[task.value].group};
}

TEST(LaneGroups, a_program_of_few_tasks_has_none) {
    LaneTree tree;
    tree.update(ServedRequests(20, 3).index());
    EXPECT_EQ(tree.lanes().size(), 24U);
    EXPECT_EQ(tree.groups().size(), 0U);
    EXPECT_EQ(tree.tasks_put_away(), 0U);
}

TEST(LaneGroups, tasks_of_one_coroutine_have_one_lane_and_those_of_libraries_another) {
    LaneTree tree;
    tree.update(ServedRequests(100, 12).index());
    EXPECT_EQ(lanes_of(tree), "1 .×100+ library×12+ ");
    EXPECT_EQ(tree.tasks_put_away(), 112U);
    EXPECT_EQ(tree.position_of(TaskId{50}), 1U) << "where its group is";
    EXPECT_EQ(tree.position_of(TaskId{5}), 2U);
}

TEST(LaneGroups, are_the_same_whether_a_trace_is_read_at_once_or_grows) {
    ServedRequests served(60, 12);
    LaneTree whole;
    whole.update(served.index());
    LaneTree growing;
    trace::Index index;
    for (std::uint32_t events = 1; events <= served.log().size(); ++events) {
        index.update(served.log(), events);
        growing.update(index);
    }
    EXPECT_EQ(lanes_of(growing), lanes_of(whole));
    const LaneGroup& group = growing.group(growing.lanes()[1].group);
    EXPECT_EQ(group.members(growing.nodes()).size(), 60U);
    EXPECT_TRUE(std::ranges::is_sorted(group.members(growing.nodes())));
}

TEST(LaneGroups, what_runs_has_a_lane_below_its_group_and_so_has_who_wrote_what_it_prints) {
    LaneTree tree;
    tree.update(ServedRequests(100, 12).index());
    tree.set_focus(TaskId{77}, TaskId{80});
    EXPECT_EQ(lanes_of(tree), "1 .×100+ ..77 ..80 library×12+ ");
    EXPECT_EQ(tree.position_of(TaskId{77}), 2U);
    tree.set_focus(TaskId{90}, {});
    EXPECT_EQ(lanes_of(tree), "1 .×100+ ..80 ..90 library×12+ ")
        << "the writer stays, so that lanes stand still";
    tree.set_focus(TaskId{3}, {});
    EXPECT_EQ(lanes_of(tree), "1 .×100+ ..80 ..90 library×12+ .3 ");
    tree.set_focus(TaskId{1}, {});
    EXPECT_EQ(lanes_of(tree), "1 .×100+ ..80 ..90 library×12+ .3 ") << "it has a lane already";
}

TEST(LaneGroups, are_unfolded_by_themselves_by_a_guest_and_all_together) {
    LaneTree tree;
    tree.update(ServedRequests(30, 3).index());
    ASSERT_TRUE(tree.toggle(group_of(tree, TaskId{10})));
    EXPECT_EQ(tree.lanes().size(), 1U + 1 + 30 + 1);
    EXPECT_EQ(tree.lanes()[2].depth, 2U);
    ASSERT_TRUE(tree.toggle(TaskId{10})) << "a member without children folds its group";
    EXPECT_EQ(lanes_of(tree), "1 .×30+ library×3+ ");
    tree.set_focus(TaskId{10}, {});
    ASSERT_TRUE(tree.toggle(TaskId{10})) << "a guest unfolds it";
    EXPECT_EQ(tree.lanes().size(), 33U);
    ASSERT_TRUE(tree.toggle_all());
    EXPECT_EQ(tree.lanes().size(), 1U + 1 + 30 + 1 + 3);
    ASSERT_TRUE(tree.toggle_all());
    EXPECT_EQ(lanes_of(tree), "1+ library×3+ ");
}

TEST(LaneGroups, of_many_unfolded_tasks_those_have_lanes_that_live_in_view) {
    ServedRequests served(400, 3, 5);
    const trace::Index index = served.index();
    LaneTree tree;
    tree.update(index);
    tree.toggle(group_of(tree, TaskId{10}));
    const EventIndex begin = index.task(TaskId{200}).spawn;
    tree.set_window({begin, begin});
    std::vector<std::uint32_t> shown;
    for (const Lane& lane : tree.lanes()) {
        if (lane.task.value > 4) shown.push_back(lane.task.value);
    }
    EXPECT_THAT(shown, ElementsAre(200)) << "the next is created later, and those before have ended";
    EXPECT_EQ(tree.tasks_put_away(), served.tasks() - 2);
    tree.set_window({begin, index.task(TaskId{204}).spawn});
    EXPECT_EQ(tree.lanes().size(), 1U + 1 + 5 + 1);
    tree.set_window({{}, index.end_index()});
    EXPECT_EQ(tree.lanes().size(), 1U + 1 + LaneTree::max_members + 1);
}

TEST(LaneGroups, a_filter_shows_the_tasks_themselves) {
    LaneTree tree;
    tree.update(ServedRequests(100, 12).index());
    tree.set_filter([](TaskId task) { return task.value == 3 || task.value == 55; });
    EXPECT_EQ(lanes_of(tree), "1 .55 3 ");
    EXPECT_EQ(tree.tasks_left(), 3U);
    tree.set_filter({});
    EXPECT_EQ(lanes_of(tree), "1 .×100+ library×12+ ");
}

TEST(LaneGroups, stay_as_they_are_folded_in_the_next_trace_of_the_program) {
    LaneTree tree;
    tree.update(ServedRequests(30, 3).index());
    tree.toggle(group_of(tree, TaskId{10}));
    tree.update(ServedRequests(40, 3).index());
    EXPECT_EQ(tree.lanes().size(), 1U + 1 + 40 + 1);
}

TEST(LaneGroups, a_task_that_creates_its_own_like_is_no_level_of_its_own) {
    trace::Log log;
    log.emit(trace::Kind::begin, 0, log.intern("test").value);
    for (std::uint32_t task = 1; task <= 30; ++task) {
        if (task > 1) log.emit(trace::Kind::step, task - 1);
        log.emit(trace::Kind::spawn, task, log.intern("tick").value, trace::tagged(trace::Start::soon, 3));
        if (task > 1) log.emit(trace::Kind::finish, task - 1);
    }
    trace::Index index;
    index.update(log);
    LaneTree tree;
    tree.update(index);
    EXPECT_EQ(lanes_of(tree), "×30+ ");
}

TEST(LaneGroups, siblings_are_sorted_among_the_members_that_are_shown) {
    LaneTree tree;
    tree.update(ServedRequests(30, 3).index());
    tree.toggle(group_of(tree, TaskId{10}));
    std::vector<std::uint32_t> ranks(tree.tasks());
    for (std::uint32_t each = 0; each < ranks.size(); ++each) ranks[each] = 1000 - each;
    tree.sort(ranks);
    EXPECT_EQ(tree.lanes()[2].task, TaskId{34});
    EXPECT_EQ(tree.lanes()[31].task, TaskId{5});
}

}  // namespace
}  // namespace loopscope::timeline
