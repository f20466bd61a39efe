#include "core/explore/explore.hpp"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/explore/chooser.hpp"

namespace loopscope::explore {
namespace {

using testing::HasSubstr;
using trace::Ending;

using Taken = std::function<bool(std::size_t)>;  // whether the run deviates at a point

/// A runner made of a table: a run asks at each of so many points, and its result is a function of where it
/// deviates.
class TableRunner final : public Runner {
  public:
    TableRunner(std::size_t points, std::function<Observed(const Taken&)> result)
        : points_(points), result_(std::move(result)) {}

    Result<Ran> run(const Order& order, const std::stop_token&) override {
        ++runs;
        if (runs == fails_at) return fail("the table is broken");
        Chooser chooser =
            order.seed ? Chooser(order.schedule.freedoms, *order.seed) : Chooser(order.schedule);
        for (std::size_t at = 0; at < points_; ++at) chooser.choose(loop::Freedom::tie, 2);
        const auto taken = [&](std::size_t at) { return chooser.points()[at].taken != 0; };
        return Ran{chooser.points(), result_(taken)};
    }
    Result<void> confirm(const Schedule& schedule, const Observed&, const std::stop_token&) override {
        confirmed.push_back(schedule);
        return confirmed.size() == doubts_at ? fail("it was something else") : Result<void>();
    }
    bool begins_anew() override { return std::exchange(can_begin_anew, false); }

    std::size_t runs = 0;
    std::size_t fails_at = 0;   // the number of a run, from 1
    std::size_t doubts_at = 0;  // the number of a confirmation, from 1
    bool can_begin_anew = false;
    std::vector<Schedule> confirmed;

  private:
    std::size_t points_;
    std::function<Observed(const Taken&)> result_;
};

Observed printing(std::string output) {
    Observed observed;
    observed.output = std::move(output);
    return observed;
}

Observed failing(std::string failure) {
    Observed observed;
    observed.ending = Ending::exception;
    observed.failure = std::move(failure);
    return observed;
}

/// Lost if the run deviates at point 17 of forty.
TableRunner lost_update() {
    return {40, [](const Taken& taken) { return printing(taken(17) ? "1" : "2"); }};
}

Options runs(std::uint32_t schedules) {
    Options options;
    options.schedules = schedules;
    return options;
}

const Outcome& outcome_of(const Report& report, std::string_view output) {
    return *std::ranges::find(report.outcomes, output, &Outcome::output);
}

TEST(Explore, finds_the_one_deviation_among_forty_that_gives_an_outcome) {
    TableRunner runner = lost_update();
    const Report report = explore(runner, runs(50)).value();
    ASSERT_EQ(report.outcomes.size(), 2u);
    EXPECT_EQ(text_of(outcome_of(report, "1").example), "ties,17=1");
    EXPECT_EQ(text_of(outcome_of(report, "2").example), "ties");
}

TEST(Explore, runs_no_more_to_shorten_than_it_ran_before) {
    TableRunner runner{200, [](const Taken& taken) {
                           std::string output;
                           for (std::size_t at = 0; at < 20; ++at) output += taken(10 * at) ? '1' : '0';
                           return printing(output);
                       }};
    EXPECT_EQ(explore(runner, runs(30)).value().schedules, 30u);
    EXPECT_LE(runner.runs, 60u);
}

TEST(Explore, gives_the_same_report_for_a_seed) {
    std::string texts[2];
    for (std::string& text : texts) {
        TableRunner runner{30, [](const Taken& taken) {
                               return printing(std::to_string(taken(3) + taken(4) + 2 * taken(20)));
                           }};
        const Report report = explore(runner, runs(80)).value();
        for (const Outcome& each : report.outcomes)
            text += each.output + ' ' + std::to_string(each.count) + ' ' + text_of(each.example) + '\n';
    }
    EXPECT_EQ(texts[0], texts[1]);
    EXPECT_THAT(texts[0], HasSubstr("3=1,4=1,20=1"));
}

TEST(Explore, tells_failures_at_other_places_apart) {
    TableRunner runner{3, [](const Taken& taken) {
                           if (taken(0)) return failing("KeyError at app.py:12");
                           if (taken(1)) return failing("KeyError at app.py:14");
                           return printing("");
                       }};
    Options options = runs(8);
    options.exhaustive = true;
    const Report report = explore(runner, options).value();
    EXPECT_TRUE(report.complete);
    EXPECT_EQ(report.outcomes.size(), 3u);
    EXPECT_EQ(report.outcomes[*report.ordinary].ending, Ending::ok);
}

TEST(Explore, lists_a_failure_however_rare_it_is) {
    TableRunner runner{6, [](const Taken& taken) {
                           std::string output;
                           for (std::size_t at = 0; at < 6; ++at) output += taken(at) ? '1' : '0';
                           return output == "110101" ? failing("ValueError at app.py:3") : printing(output);
                       }};
    Options options = runs(64);
    options.exhaustive = true;
    options.listed = 4;
    const Report report = explore(runner, options).value();
    EXPECT_EQ(report.outcomes.size(), 64u);
    EXPECT_EQ(report.listed, 4u);
    const auto listed = std::span(report.outcomes).first(4);
    EXPECT_EQ(std::ranges::count_if(listed, &Observed::failed), 1);
}

TEST(Explore, confirms_what_it_lists) {
    TableRunner runner = lost_update();
    const Report report = explore(runner, runs(50)).value();
    ASSERT_EQ(runner.confirmed.size(), 2u);
    for (std::size_t at = 0; at < 2; ++at) EXPECT_EQ(runner.confirmed[at], report.outcomes[at].example);
}

TEST(Explore, begins_anew_where_the_runner_can_and_counts_nothing_twice) {
    TableRunner runner = lost_update();
    runner.doubts_at = 2;
    runner.can_begin_anew = true;
    std::atomic<std::uint32_t> done{0};
    const Report report = explore(runner, runs(50), {}, &done).value();
    EXPECT_EQ(report.schedules, 50u);
    EXPECT_EQ(report.outcomes[0].count + report.outcomes[1].count, 50u);
    EXPECT_EQ(runner.confirmed.size(), 4u);
    EXPECT_LT(done.load(), runner.runs);
}

TEST(Explore, fails_with_what_the_runner_says) {
    TableRunner runner = lost_update();
    runner.fails_at = 7;
    EXPECT_EQ(explore(runner, runs(50)).error().message, "the table is broken");
}

TEST(Observed, has_failed_if_an_exception_was_lost_or_it_did_not_end_as_it_should) {
    EXPECT_FALSE(printing("").failed());
    EXPECT_TRUE(failing("KeyError").failed());
    Observed lost = printing("");
    lost.unretrieved = "KeyError at app.py:9";
    EXPECT_TRUE(lost.failed());
    Observed deadlock = printing("");
    deadlock.ending = Ending::deadlock;
    EXPECT_TRUE(deadlock.failed());
    Observed left = printing("");
    left.ending = Ending::exited;
    EXPECT_FALSE(left.failed());
}

}  // namespace
}  // namespace loopscope::explore
