#include "app/cli/explore_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::cli {
namespace {

using explore::Outcome;
using testing::HasSubstr;
using testing::Not;

Outcome outcome(std::string output, std::uint32_t count, explore::Choices choices = {}) {
    Outcome made;
    made.output = std::move(output);
    made.count = made.possible = count;
    made.example.choices = std::move(choices);
    return made;
}

Outcome failed(std::string failure, std::uint32_t count, explore::Choices choices) {
    Outcome made = outcome("", count, std::move(choices));
    made.ending = trace::Ending::exception;
    made.failure = std::move(failure);
    return made;
}

explore::Report report_of(std::vector<Outcome> outcomes) {
    explore::Report report;
    report.listed = outcomes.size();
    for (const Outcome& each : outcomes) report.schedules += each.count;
    report.outcomes = std::move(outcomes);
    return report;
}

TEST(ExploreTable, has_a_row_for_each_outcome_with_its_share_and_schedule) {
    const std::string text =
        explore_table("app.py", report_of({outcome("2\n", 3), outcome("1\n", 1, {0, 1})}), true);
    EXPECT_THAT(text, HasSubstr("app.py: 4 schedules, 2 different outputs\n"));
    EXPECT_THAT(text,
                HasSubstr("  1.   75.00 %        3      0  yes  2\\n\n               asyncio's own order\n"));
    EXPECT_THAT(text, HasSubstr("  2.   25.00 %        1      0  yes  1\\n\n               ties,1=1\n"));
    EXPECT_THAT(text, Not(HasSubstr("end")));
}

TEST(ExploreTable, says_how_each_ended_where_any_has_failed) {
    Outcome lost = outcome("2\n", 2);
    lost.unretrieved = "ValueError at app.py:3";
    const std::string text = explore_table(
        "app.py", report_of({outcome("2\n", 7), lost, failed("KeyError at app.py:12", 1, {1})}), true);
    EXPECT_THAT(text, HasSubstr("3 different outcomes"));
    EXPECT_THAT(text, HasSubstr("  asyncio  end"));
    EXPECT_THAT(text, HasSubstr("  yes      ok  "));
    EXPECT_THAT(text, HasSubstr("  yes      KeyError at app.py:12"));
    EXPECT_THAT(text, HasSubstr("ok, never retrieved: ValueError at app.…  2\\n\n"));
    EXPECT_THAT(text, HasSubstr("(nothing)"));
}

TEST(ExploreTable, counts_what_is_not_listed) {
    explore::Report report = report_of({outcome("a", 3), outcome("b", 2), outcome("c", 1)});
    report.listed = 1;
    const std::string text = explore_table("app.py", report, false);
    EXPECT_THAT(text, HasSubstr("… and 2 others\n"));
    EXPECT_THAT(text, Not(HasSubstr("1.")));
}

TEST(ExploreTable, escapes_what_a_program_prints) {
    const std::string text = explore_table("app.py", report_of({outcome("\x1b[2J", 1)}), true);
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace loopscope::cli
