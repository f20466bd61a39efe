#include "core/explain/task_order.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/observed_run.hpp"

namespace loopscope::explain {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(NaturalLess, compares_runs_of_digits_by_their_value) {
    EXPECT_TRUE(natural_less("worker 2", "worker 10"));
    EXPECT_FALSE(natural_less("worker 10", "worker 2"));
    EXPECT_TRUE(natural_less("worker", "worker 1"));
    EXPECT_TRUE(natural_less("a2b10", "a2b11"));
    EXPECT_TRUE(natural_less("2", "10000000000000000000000000000"));
    EXPECT_FALSE(natural_less("10000000000000000000000000000", "2"));
    EXPECT_FALSE(natural_less("007", "7"));
    EXPECT_FALSE(natural_less("7", "007"));
    EXPECT_TRUE(natural_less("", "a"));
    EXPECT_FALSE(natural_less("a", "a"));
    EXPECT_TRUE(natural_less("z", "ä"));
}

// The seed's tasks: sleep(0), sleep(a), sleep(b), sleep(c), then what they started: indication(0), …
class TaskOrderTest : public testing::Test {
  protected:
    std::vector<std::uint32_t> ranks_by(TaskOrder order) {
        return ranks(run_.log(), run_.index(), run_.state(), order);
    }
    ObservedRun run_ = observe_seed();
};

TEST_F(TaskOrderTest, is_none_as_they_were_created) {
    EXPECT_THAT(ranks_by(TaskOrder::creation), IsEmpty());
}

TEST_F(TaskOrderTest, is_one_of_names) {
    EXPECT_THAT(ranks_by(TaskOrder::name), ElementsAre(2, 2, 2, 2, 1, 1, 1, 1));
}

TEST_F(TaskOrderTest, is_one_of_chains) {
    EXPECT_THAT(ranks_by(TaskOrder::chain), ElementsAre(1, 2, 3, 4, 1, 2, 3, 4));
}

TEST_F(TaskOrderTest, is_one_of_states_at_the_cursor) {
    const std::vector<std::uint32_t> ended = ranks_by(TaskOrder::state);
    EXPECT_THAT(ended, Each(3));
    run_.seek(run_.index().prints().event(PrintIndex{10}));
    const TaskId running = run_.log()[run_.cursor()].task();
    const std::vector<std::uint32_t> now = ranks_by(TaskOrder::state);
    EXPECT_EQ(now.at(running.value - 1), 0);
    EXPECT_EQ(std::ranges::count(now, 0U), 1);
    run_.seek(run_.first_event());
    EXPECT_THAT(ranks_by(TaskOrder::state), Each(testing::Ge(1)));
}

}  // namespace
}  // namespace loopscope::explain
