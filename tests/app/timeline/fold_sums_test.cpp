#include "app/timeline/fold_sums.hpp"

#include <gtest/gtest.h>

#include "app/session/drive.hpp"
#include "tests/support/served_requests.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::timeline {
namespace {

using session::ServedRequests;

void count_all(FoldSums& sums, const LaneTree& tree, const trace::Log& log, const trace::Index& index) {
    do sums.update(tree, log, index);
    while (sums.pending());
}

/// Expects what a lane's sum has to be what its tasks have together.
void expect_sum(const FoldSums& sums, const LaneTree& tree, const trace::Index& index, const Lane& lane) {
    std::size_t steps = 0;
    std::size_t prints = 0;
    std::size_t leaks = 0;
    for (const TaskId task : tree.family(lane)) {
        steps += index.task(task).steps.size();
        prints += index.task(task).prints.size();
        leaks += index.task(task).leaks.size();
    }
    const FoldSum& sum = sums.of(lane);
    EXPECT_GT(steps, 0U);
    EXPECT_EQ(sum.steps.size(), steps);
    EXPECT_EQ(sum.prints.size(), prints);
    EXPECT_EQ(sum.leaks.size(), leaks);
    for (std::size_t each = 1; each < sum.steps.size(); ++each)
        ASSERT_LT(sum.steps[each - 1], sum.steps[each]);
}

TEST(FoldSums, have_what_all_tasks_of_a_group_have) {
    ServedRequests served(100, 12);
    const trace::Index index = served.index();
    LaneTree tree;
    tree.update(index);
    FoldSums sums;
    count_all(sums, tree, served.log(), index);
    ASSERT_EQ(tree.lanes().size(), 3U);
    expect_sum(sums, tree, index, tree.lanes()[1]);
    expect_sum(sums, tree, index, tree.lanes()[2]);
    EXPECT_GT(sums.of(tree.lanes()[1]).leaks.size(), 0U);
}

TEST(FoldSums, have_what_descends_from_a_folded_task_with_the_groups_below_it) {
    ServedRequests served(100, 12);
    const trace::Index index = served.index();
    LaneTree tree;
    tree.update(index);
    FoldSums sums;
    count_all(sums, tree, served.log(), index);
    ASSERT_TRUE(tree.toggle(TaskId{1}));
    count_all(sums, tree, served.log(), index);
    ASSERT_TRUE(tree.lanes()[0].is_folded);
    const FoldSum& sum = sums.of(tree.lanes()[0]);
    EXPECT_EQ(sum.prints.size(), 100U);
    EXPECT_EQ(sum.steps.size(), index.task(TaskId{1}).steps.size() + 200);
}

TEST(FoldSums, count_the_stale_prints_of_what_descends_from_a_folded_task) {
    session::Session session(session::setup_of("pool-worker", trace::Storage::contextvar,
                                               {{"symbols", "abcdefghijklmnopqrstuvwxyz"}}));
    run(session);
    LaneTree tree;
    tree.update(session.index());
    FoldSums sums;
    ASSERT_TRUE(tree.toggle(TaskId{1}));
    count_all(sums, tree, session.log(), session.index());
    EXPECT_EQ(sums.of(tree.lanes()[0]).stales.size(), 25U);
    EXPECT_EQ(sums.of(tree.lanes()[0]).leaks.size(), 0U);
}

TEST(FoldSums, of_a_trace_that_grew_are_those_of_the_whole_trace_once_it_rests) {
    ServedRequests served(60, 12);
    trace::Index index;
    LaneTree tree;
    FoldSums sums;
    for (std::uint32_t events = 1; events <= served.log().size(); ++events) {
        index.update(served.log(), events);
        tree.update(index);
        sums.update(tree, served.log(), index);
    }
    count_all(sums, tree, served.log(), index);
    expect_sum(sums, tree, index, tree.lanes()[1]);
    expect_sum(sums, tree, index, tree.lanes()[2]);
}

}  // namespace
}  // namespace loopscope::timeline
