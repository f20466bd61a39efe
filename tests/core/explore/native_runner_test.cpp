#include "core/explore/native_runner.hpp"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/explore/chooser.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/scenario/run.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::explore {
namespace {

using trace::Storage;
using namespace std::chrono_literals;

constexpr loop::Freedoms only_ties{true, 0ms, false};
constexpr loop::Freedoms with_jitter{true, 50ms, false};
constexpr loop::Freedoms with_ready{true, 0ms, true};

Subject subject(std::string_view program, Storage storage = Storage::global,
                const std::vector<scenario::Setting>& settings = {}) {
    const scenario::Program& found = *scenario::find_program(program).value();
    return {&found, scenario::Arguments::create(scenario::all_parameters(found), settings).value(), storage};
}

Options every(const loop::Freedoms& freedoms, std::uint32_t limit = 100'000) {
    return {freedoms, 1, limit, true};
}

Options sample(const loop::Freedoms& freedoms, std::uint32_t schedules = 2000, std::uint64_t seed = 1) {
    return {freedoms, seed, schedules, false};
}

std::set<std::string> outputs(const Report& report) {
    std::set<std::string> all;
    for (const Outcome& outcome : report.outcomes) all.insert(outcome.output);
    return all;
}

std::string summary_of(const Report& report) {
    std::string text = std::to_string(report.schedules);
    for (const Outcome& each : report.outcomes)
        text += '\n' + std::to_string(each.count) + ' ' + std::to_string(each.possible) + ' ' +
                std::to_string(each.leaks) + ' ' + each.output + ' ' + text_of(each.example);
    return text;
}

std::string output_under(const Subject& subject, const Schedule& schedule) {
    trace::Log log;
    Chooser chooser(schedule);
    scenario::Run run(*subject.program, subject.arguments, subject.storage, log, &chooser);
    while (run.advance()) continue;
    return trace::output_of(log);
}

TEST(Exploration, gives_every_order_of_equal_deadlines_once) {
    const Report report =
        explore(subject("equal-deadlines", Storage::global, {{"symbols", "0123"}}), every(only_ties));
    EXPECT_TRUE(report.complete);
    EXPECT_EQ(report.schedules, 24u);
    std::string symbols = "0123";
    std::set<std::string> orders;
    do orders.insert(symbols);
    while (std::ranges::next_permutation(symbols).found);
    EXPECT_EQ(outputs(report), orders);
}

// Three tasks become ready together, twice or more often: the numbers of orders multiply.
TEST(Exploration, runs_each_schedule_of_a_small_program_once) {
    const Report report = explore(subject("created-before-set", Storage::contextvar), every(with_ready));
    EXPECT_TRUE(report.complete);
    EXPECT_EQ(report.schedules, 6u * 6u * 6u);
    std::uint32_t counted = 0;
    for (const Outcome& outcome : report.outcomes) counted += outcome.count;
    EXPECT_EQ(counted, report.schedules);
}

TEST(Exploration, misses_nothing_at_random_that_there_is_on_small_programs) {
    for (const std::string_view program :
         {"created-before-set", "mutable-value", "lock-fairness", "lost-wakeup", "child-set"}) {
        for (const Storage storage : {Storage::global, Storage::contextvar}) {
            const Report all = explore(subject(program, storage), every(with_ready));
            ASSERT_TRUE(all.complete) << program;
            EXPECT_EQ(outputs(explore(subject(program, storage), sample(with_ready))), outputs(all))
                << program;
        }
    }
}

TEST(Exploration, of_the_seed_misses_nothing_that_late_iterations_can_do) {
    const Subject small =
        subject("indication", Storage::contextvar, {{"symbols", "0a"}, {"duration", "0.3"}});
    const Report all = explore(small, every(with_jitter, 1'000'000));
    ASSERT_TRUE(all.complete);
    EXPECT_GE(outputs(all).size(), 3u);
    EXPECT_EQ(outputs(explore(small, sample(with_jitter, 10'000))), outputs(all));
}

TEST(Exploration, is_the_same_for_the_same_seed_and_another_for_another) {
    const Subject indication = subject("indication", Storage::contextvar);
    const loop::Freedoms all{true, 50ms, true};
    EXPECT_EQ(summary_of(explore(indication, sample(all, 500, 7))),
              summary_of(explore(indication, sample(all, 500, 7))));
    EXPECT_NE(summary_of(explore(indication, sample(all, 500, 7))),
              summary_of(explore(indication, sample(all, 500, 8))));
}

TEST(Exploration, tells_of_each_output_a_schedule_that_prints_it) {
    const Subject indication = subject("indication", Storage::contextvar);
    const Report report = explore(indication, sample({true, 50ms, true}, 300));
    ASSERT_GT(report.outcomes.size(), 5u);
    for (const Outcome& outcome : report.outcomes)
        EXPECT_EQ(output_under(indication, outcome.example), outcome.output) << text_of(outcome.example);
}

TEST(Exploration, puts_the_most_frequent_output_first) {
    const Report report = explore(subject("created-before-set", Storage::contextvar), every(with_ready));
    EXPECT_TRUE(std::ranges::is_sorted(report.outcomes, std::ranges::greater(), &Outcome::count));
}

TEST(Exploration, says_which_outputs_asyncio_could_give) {
    const Report report = explore(subject("mutable-value", Storage::contextvar), every(with_ready));
    for (const Outcome& outcome : report.outcomes)
        EXPECT_EQ(outcome.possible > 0, outcome.output == "ccc") << outcome.output;
    for (const Outcome& outcome : explore(subject("indication"), sample(with_jitter, 200)).outcomes)
        EXPECT_EQ(outcome.possible, outcome.count) << "nothing but time was free";
}

TEST(Exploration, finds_that_asyncio_s_own_order_leaks_already) {
    const Report report = explore(subject("indication"), sample(with_jitter, 100));
    ASSERT_TRUE(report.shortest_leak);
    EXPECT_EQ(deviations(report.shortest_leak->schedule.choices), 0u);
    EXPECT_TRUE(report.shortest_leak->proven);
}

TEST(Exploration, counts_stale_prints_of_each_output) {
    const Report report = explore(subject("pool-worker", Storage::contextvar), every(only_ties));
    for (const Outcome& outcome : report.outcomes) {
        EXPECT_EQ(outcome.stales, 3u) << outcome.output;
        EXPECT_EQ(outcome.leaks, 0u);
    }
    EXPECT_FALSE(report.outcomes.empty());
}

TEST(Exploration, finds_no_leak_where_each_task_has_its_own) {
    EXPECT_FALSE(
        explore(subject("indication", Storage::contextvar), sample({true, 50ms, true}, 500)).shortest_leak);
}

TEST(Exploration, begins_with_asyncio_s_own_order) {
    const Report report = explore(subject("equal-deadlines"), sample(only_ties, 1));
    EXPECT_EQ(report.outcomes.front().output, "02657413");
    EXPECT_TRUE(report.outcomes.front().example.choices.empty());
}

TEST(Exploration, stops_when_it_is_told_to) {
    std::stop_source source;
    source.request_stop();
    const Report report = explore(subject("indication"), sample(with_jitter), source.get_token());
    EXPECT_TRUE(report.cancelled);
    EXPECT_FALSE(report.complete);
    EXPECT_LE(report.schedules, 1u);
}

TEST(Exploration, counts_the_schedules_on_its_way) {
    std::atomic<std::uint32_t> done{0};
    const Report report = explore(subject("equal-deadlines"), sample(only_ties, 50), {}, &done);
    EXPECT_GE(done.load(), report.schedules) << "and those that shorten what is listed";
}

TEST(Exploration, is_not_complete_if_there_were_more_schedules_than_it_may_run) {
    const Report report = explore(subject("equal-deadlines"), every(only_ties, 100));
    EXPECT_FALSE(report.complete);
    EXPECT_EQ(report.schedules, 100u);
}

}  // namespace
}  // namespace loopscope::explore
