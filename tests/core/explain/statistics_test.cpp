#include "core/explain/statistics.hpp"

#include <gtest/gtest.h>

#include "tests/support/observed_run.hpp"

namespace loopscope::explain {
namespace {

TEST(Statistics, of_a_whole_run_count_all_of_it) {
    const ObservedRun run = observe_seed();
    const auto all = statistics(run.log(), run.index(), {}, run.head(), 100);
    ASSERT_EQ(all.size(), 9u);
    EXPECT_FALSE(all[0].task);
    EXPECT_EQ(all[0].prints, 40u);
    EXPECT_EQ(all[0].leaks, 30u);
    std::uint32_t steps = 0;
    for (std::size_t each = 1; each < all.size(); ++each) steps += all[each].steps;
    EXPECT_EQ(all[0].steps, steps);
    // Each `sleep` sleeps for a second.
    EXPECT_NEAR(to_seconds(all.back().waiting), 1, 0.01);
}

TEST(Statistics, count_stale_prints_apart_from_leaks) {
    const ObservedRun run = observe("pool-worker", trace::Storage::contextvar);
    const auto& prints = run.index().prints();
    const auto all = statistics(run.log(), run.index(), {}, run.head(), 100);
    EXPECT_EQ(all[0].leaks, 0u);
    EXPECT_EQ(all[0].stales, 3u);
    const auto some = statistics(run.log(), run.index(), prints.event({0}), prints.event({2}), 100);
    EXPECT_EQ(some[0].stales, 2u);
}

TEST(Statistics, of_a_stretch_count_what_is_in_it) {
    const ObservedRun run = observe_seed();
    const auto& prints = run.index().prints();
    const auto some = statistics(run.log(), run.index(), prints.event({4}), prints.event({7}), 2);
    ASSERT_EQ(some.size(), 3u);
    EXPECT_EQ(some[0].prints, 4u);
    EXPECT_EQ(some[0].leaks, 3u);
}

TEST(Statistics, of_a_stretch_are_counted_task_by_task_a_slice_at_a_time) {
    const ObservedRun run = observe_seed();
    const auto at_once = statistics(run.log(), run.index(), {}, run.head(), 3);
    RangeStatistics sliced(run.index(), {}, run.head(), 3);
    std::size_t slices = 1;
    double done = 0;
    while (!is_over(sliced.poll(run.log(), run.index(), std::chrono::nanoseconds(0)))) {
        EXPECT_GT(sliced.progress(), done);
        done = sliced.progress();
        ++slices;
    }
    EXPECT_EQ(slices, run.index().tasks().size()) << "no frame counts more than it has to";
    EXPECT_EQ(sliced.progress(), 1);
    ASSERT_EQ(sliced.rows().size(), 4u);
    for (std::size_t row = 0; row < at_once.size(); ++row) {
        EXPECT_EQ(sliced.rows()[row].task, at_once[row].task);
        EXPECT_EQ(sliced.rows()[row].steps, at_once[row].steps);
        EXPECT_EQ(sliced.rows()[row].leaks, at_once[row].leaks);
        EXPECT_EQ(sliced.rows()[row].waiting, at_once[row].waiting);
    }
}

TEST(Statistics, of_a_task_of_many_steps_are_counted_in_several_slices) {
    const ObservedRun run =
        observe("indication", trace::Storage::global, {{"duration", "100"}, {"interval", "0.01"}});
    const auto at_once = statistics(run.log(), run.index(), {}, run.head(), 100);
    RangeStatistics sliced(run.index(), {}, run.head(), 100);
    std::size_t slices = 1;
    double done = 0;
    for (; !is_over(sliced.poll(run.log(), run.index(), std::chrono::nanoseconds(0))); ++slices) {
        EXPECT_GT(sliced.progress(), done);
        done = sliced.progress();
    }
    EXPECT_GT(slices, 10 * run.index().tasks().size());
    ASSERT_EQ(sliced.rows().size(), at_once.size());
    for (std::size_t row = 0; row < at_once.size(); ++row) {
        EXPECT_EQ(sliced.rows()[row].running, at_once[row].running);
        EXPECT_EQ(sliced.rows()[row].ready, at_once[row].ready);
        EXPECT_EQ(sliced.rows()[row].waiting, at_once[row].waiting);
    }
}

TEST(Statistics, are_given_up_where_the_trace_is_another_one) {
    const ObservedRun run = observe_seed();
    RangeStatistics sliced(run.index(), {}, run.head(), 3);
    const ObservedRun other = observe_seed();
    EXPECT_EQ(sliced.poll(other.log(), other.index(), std::chrono::nanoseconds(0)), Status::ended);
    EXPECT_FALSE(sliced.is_of(other.index(), {}, run.head()));
}

}  // namespace
}  // namespace loopscope::explain
