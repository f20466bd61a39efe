#include "app/timeline/lane_tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::timeline {
namespace {

using testing::ElementsAre;
using trace::Kind;
using trace::Storage;

std::vector<std::uint32_t> order_of(const LaneTree& tree) {
    std::vector<std::uint32_t> tasks;
    for (const Lane& lane : tree.lanes()) tasks.push_back(lane.task.value);
    return tasks;
}

/// An index of tasks with these parents, from task 1 on; 0: a root.
trace::Index family(const std::vector<std::uint32_t>& parents) {
    trace::Log log;
    log.emit(Kind::begin, 0, log.intern("test").value);
    for (std::uint32_t task = 1; task <= parents.size(); ++task) {
        const std::uint32_t parent = parents[task - 1];
        if (parent != 0) log.emit(Kind::step, parent);
        log.emit(Kind::spawn, task, log.intern("task").value);
        if (parent != 0) log.emit(Kind::suspend, parent);
    }
    trace::Index index;
    index.update(log);
    return index;
}

TEST(LaneTree, puts_children_below_their_parents_and_siblings_in_order_of_creation) {
    LaneTree tree;
    tree.update(session::finished_seed().index());
    EXPECT_THAT(order_of(tree), ElementsAre(1, 5, 2, 6, 3, 7, 4, 8));
    for (const Lane& lane : tree.lanes()) EXPECT_EQ(lane.depth, lane.task.value <= 4 ? 0u : 1u);
}

TEST(LaneTree, puts_siblings_below_main_with_their_children) {
    session::Session session(session::setup_of("indication-main", Storage::global));
    run(session);
    LaneTree tree;
    tree.update(session.index());
    EXPECT_THAT(order_of(tree), ElementsAre(1, 2, 6, 3, 7, 4, 8, 5, 9));
    EXPECT_EQ(tree.lanes()[2].depth, 2u);
}

TEST(LaneTree, keeps_a_deep_family_together) {
    LaneTree tree;
    tree.update(family({0, 1, 2, 1, 0, 3, 4, 5, 2}));
    EXPECT_THAT(order_of(tree), ElementsAre(1, 2, 3, 6, 9, 4, 7, 5, 8));
}

TEST(LaneTree, takes_in_tasks_as_they_are_created) {
    session::Session session = session::seed();
    LaneTree tree;
    do {
        tree.update(session.index());
        ASSERT_EQ(tree.lanes().size(), session.index().tasks().size());
        for (std::size_t position = 0; position < tree.lanes().size(); ++position) {
            const TaskId parent = session.index().task(tree.lanes()[position].task).parent;
            ASSERT_TRUE(!parent || tree.lanes()[position - 1].task == parent) << "each has one child";
        }
    } while (step(session, session::What::handle));
    EXPECT_THAT(order_of(tree), ElementsAre(1, 5, 2, 6, 3, 7, 4, 8));
}

TEST(LaneTree, sorts_siblings_by_rank_and_children_stay_below_their_parents) {
    LaneTree tree;
    tree.update(family({0, 1, 0, 1, 3, 0, 1}));
    EXPECT_THAT(order_of(tree), ElementsAre(1, 2, 4, 7, 3, 5, 6));
    tree.sort(std::vector<std::uint32_t>{9, 2, 1, 1, 0, 9, 2});
    EXPECT_THAT(order_of(tree), ElementsAre(3, 5, 1, 4, 2, 7, 6));
    EXPECT_EQ(tree.lanes()[1].depth, 1u);
    tree.sort({});
    EXPECT_THAT(order_of(tree), ElementsAre(1, 2, 4, 7, 3, 5, 6));
}

TEST(LaneTree, keeps_what_is_folded_and_filtered_when_it_is_sorted) {
    LaneTree tree;
    tree.update(family({0, 1, 0, 3, 0}));
    tree.toggle(TaskId{3});
    tree.set_filter([](TaskId task) { return task.value != 5; });
    tree.sort(std::vector<std::uint32_t>{2, 0, 1, 0, 0});
    EXPECT_THAT(order_of(tree), ElementsAre(3, 1, 2));
    EXPECT_EQ(tree.position_of(TaskId{4}), 0u);
}

TEST(LaneTree, is_right_for_another_trace_with_as_many_tasks) {
    LaneTree tree;
    tree.update(family({0, 0, 0, 1}));
    EXPECT_THAT(order_of(tree), ElementsAre(1, 4, 2, 3));
    tree.update(family({0, 1, 2, 1}));
    EXPECT_THAT(order_of(tree), ElementsAre(1, 2, 3, 4));
    EXPECT_EQ(tree.lanes()[2].depth, 2u);
}

TEST(LaneTree, folds_a_lane_over_all_that_descends_from_it) {
    LaneTree tree;
    tree.update(family({0, 1, 2, 1, 0, 3, 4, 5, 2}));
    tree.toggle(TaskId{2});
    EXPECT_THAT(order_of(tree), ElementsAre(1, 2, 4, 7, 5, 8));
    EXPECT_TRUE(tree.lanes()[1].is_folded);
    EXPECT_EQ(tree.position_of(TaskId{6}), 1u) << "what is folded away is where its ancestor is";
    EXPECT_EQ(tree.position_of(TaskId{7}), 3u);
    EXPECT_THAT(tree.family(tree.lanes()[1]), ElementsAre(TaskId{2}, TaskId{3}, TaskId{6}, TaskId{9}));
    EXPECT_TRUE(tree.family(tree.lanes()[0]).empty()) << "it is not folded";
    tree.update(family({0, 1, 2, 1, 0, 3, 4, 5, 2, 3}));
    EXPECT_THAT(tree.family(tree.lanes()[1]).back(), TaskId{10}) << "what is made later comes last";
    tree.update(family({0, 1, 2, 1, 0, 3, 4, 5, 2}));
    tree.toggle(TaskId{2});
    EXPECT_THAT(order_of(tree), ElementsAre(1, 2, 3, 6, 9, 4, 7, 5, 8));
    tree.toggle_all();
    EXPECT_THAT(order_of(tree), ElementsAre(1, 5));
    tree.toggle_all();
    EXPECT_EQ(tree.lanes().size(), 9u);
}

TEST(LaneTree, shows_what_a_filter_lets_through_below_its_ancestors) {
    LaneTree tree;
    tree.update(family({0, 1, 2, 1, 0, 3, 4, 5, 2}));
    tree.set_filter([](TaskId task) { return task.value == 7; });
    EXPECT_THAT(order_of(tree), ElementsAre(1, 4, 7));
    EXPECT_FALSE(tree.position_of(TaskId{5}));
    tree.set_filter({});
    EXPECT_EQ(tree.lanes().size(), 9u);
}

}  // namespace
}  // namespace loopscope::timeline
