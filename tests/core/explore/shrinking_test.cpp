#include "core/explore/shrinking.hpp"

#include <numeric>
#include <utility>

#include <gtest/gtest.h>

namespace loopscope::explore {
namespace {

Schedule deviating_at_all(std::size_t points) {
    return {{}, Choices(points, 1)};
}

Schedule shortest_of(Schedule schedule, std::uint32_t& budget, const Attempt& attempt) {
    return shrink(std::move(schedule), budget, attempt).complete().value();
}

/// An attempt that succeeds where all of some points deviate; counts its runs.
Attempt wants(const std::vector<std::size_t>& points, std::size_t& runs) {
    return [points, &runs](Schedule schedule) -> Pausing<Result<std::optional<Choices>>> {
        ++runs;
        for (const std::size_t point : points) {
            if (point >= schedule.choices.size() || schedule.choices[point] == 0) co_return std::nullopt;
        }
        co_return schedule.choices;
    };
}

TEST(Shrinking, finds_one_deviation_among_forty_in_a_dozen_runs) {
    for (const std::size_t point : {std::size_t{0}, std::size_t{17}, std::size_t{39}}) {
        std::size_t runs = 0;
        std::uint32_t budget = 1000;
        const Schedule shortest = shortest_of(deviating_at_all(40), budget, wants({point}, runs));
        EXPECT_EQ(text_of(shortest), "ties," + std::to_string(point) + "=1");
        EXPECT_LE(runs, 14u);
        EXPECT_EQ(budget, 1000 - runs);
    }
}

TEST(Shrinking, keeps_all_deviations_that_are_needed_and_no_other) {
    std::size_t runs = 0;
    std::uint32_t budget = 1000;
    const Schedule shortest = shortest_of(deviating_at_all(40), budget, wants({2, 11, 12, 33}, runs));
    EXPECT_EQ(text_of(shortest), "ties,2=1,11=1,12=1,33=1");
}

TEST(Shrinking, stops_where_its_budget_ends_with_the_best_so_far) {
    std::size_t runs = 0;
    std::uint32_t budget = 1;
    const Schedule shortest = shortest_of(deviating_at_all(40), budget, wants({3}, runs));
    EXPECT_EQ(runs, 1u);
    EXPECT_EQ(deviations(shortest.choices), 20u);
}

TEST(Shrinking, takes_what_a_run_really_chose) {
    std::uint32_t budget = 10;
    // Only the first choice has alternatives, whatever is asked for.
    const auto only_the_first = [](Schedule schedule) -> Pausing<Result<std::optional<Choices>>> {
        co_return Choices{schedule.choices.front()};
    };
    EXPECT_EQ(text_of(shortest_of(deviating_at_all(5), budget, only_the_first)), "ties,0=1");
}

TEST(Shrinking, does_not_run_what_cannot_be_shorter) {
    std::uint32_t budget = 10;
    std::size_t runs = 0;
    EXPECT_EQ(deviations(shortest_of(deviating_at_all(1), budget, wants({0}, runs)).choices), 1u);
    EXPECT_EQ(runs, 0u);
}

TEST(Shrinking, ends_with_the_error_of_a_run) {
    std::uint32_t budget = 10;
    const Attempt failing = [](const Schedule&) -> Pausing<Result<std::optional<Choices>>> {
        co_return fail("no more");
    };
    EXPECT_EQ(shrink(deviating_at_all(4), budget, failing).complete().error().message, "no more");
}

}  // namespace
}  // namespace loopscope::explore
