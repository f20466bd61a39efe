// What each program says that it prints, against what it prints.

#include <algorithm>
#include <array>
#include <bit>

#include <gtest/gtest.h>

#include "core/scenario/programs/catalogue.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::scenario {
namespace {

using ProgramUnder = std::tuple<const Program*, trace::Storage>;

class OutcomeTest : public testing::TestWithParam<ProgramUnder> {};

std::string title_of(const testing::TestParamInfo<ProgramUnder>& test) {
    const auto [program, storage] = test.param;
    std::string title = std::string(program->name) + "_" + std::string(trace::name(storage));
    std::ranges::replace(title, '-', '_');
    return title;
}

INSTANTIATE_TEST_SUITE_P(Programs, OutcomeTest,
                         testing::Combine(testing::ValuesIn(catalogue().begin(), catalogue().end()),
                                          testing::ValuesIn(trace::all_storages)),
                         title_of);

TEST_P(OutcomeTest, is_what_the_program_prints) {
    const auto& [program, storage] = GetParam();
    const ProgramRun run = run_program(program->name, storage);
    EXPECT_EQ(run.output(), outcome_of(*program, storage).output);
    const trace::Event& end = run.log()[run.log().end_index() - 1];
    EXPECT_EQ(end.tag<trace::Ending>(), trace::Ending::ok);
}

TEST(Outcomes, name_each_storage_once_and_say_why_in_a_sentence) {
    for (const Program* program : catalogue()) {
        for (const trace::Storage storage : trace::all_storages) {
            EXPECT_EQ(
                std::ranges::count_if(program->outcomes,
                                      [&](const Outcome& each) { return each.storages.contains(storage); }),
                1)
                << program->name << ", " << trace::name(storage);
        }
        for (const Outcome& outcome : program->outcomes) {
            EXPECT_TRUE(outcome.why.ends_with('.')) << program->name << ": " << outcome.why;
            EXPECT_EQ(outcome.why.find_first_of("|\n"), std::string_view::npos) << program->name;
        }
    }
}

// Where nothing goes wrong with the defaults there is a setting that shows it, or one that takes it away.

std::string output_of(std::string_view program, trace::Storage storage,
                      const std::vector<Setting>& settings) {
    return run_program(program, storage, settings).output();
}

/// Every byte of a trace's events.
std::string bytes_of(const trace::Log& log) {
    std::string bytes;
    for (EventIndex at; at < log.end_index(); ++at) {
        const auto event = std::bit_cast<std::array<char, sizeof(trace::Event)>>(log[at]);
        bytes.append(event.data(), event.size());
    }
    return bytes;
}

TEST(Programs, leave_the_same_events_each_time_byte_for_byte) {
    for (const Program* program : catalogue()) {
        for (const trace::Storage storage : {trace::Storage::thread_local_, trace::Storage::contextvar}) {
            const std::string bytes = bytes_of(run_program(program->name, storage).log());
            EXPECT_FALSE(bytes.empty());
            for (int again = 0; again < 3; ++again)
                EXPECT_TRUE(bytes == bytes_of(run_program(program->name, storage).log())) << program->name;
        }
    }
}

TEST(Outcomes, change_with_the_number_of_symbols) {
    const std::vector<Setting> settings{{"symbols", "xy"}};
    EXPECT_EQ(output_of("created-before-set", trace::Storage::contextvar, settings), ".xxy");
    EXPECT_EQ(output_of("pool-worker", trace::Storage::global, settings), "yy");
    EXPECT_EQ(output_of("mutable-value", trace::Storage::contextvar, settings), "yy");
    EXPECT_EQ(output_of("nested-cancel", trace::Storage::global, settings), "-yx!");
    EXPECT_EQ(output_of("equal-deadlines", trace::Storage::global, settings), "xy");
    EXPECT_EQ(output_of("lock-fairness", trace::Storage::global, {{"symbols", "äö"}, {"rounds", "2"}}),
              "äöäö");
}

TEST(Outcomes, of_a_receiver_that_is_quick_lose_nothing) {
    EXPECT_EQ(output_of("lost-wakeup", trace::Storage::global, {{"work", "0.05"}}), "abcdef");
    EXPECT_EQ(output_of("lost-wakeup", trace::Storage::global, {{"work", "0.25"}}), "ad");
}

TEST(Outcomes, of_one_request_alone_are_right_under_every_storage_that_can_be_read) {
    for (const trace::Storage storage : {trace::Storage::global, trace::Storage::contextvar}) {
        EXPECT_EQ(output_of("pool-worker", storage, {{"symbols", "a"}}), "a");
        EXPECT_EQ(output_of("captured-callback", storage, {{"symbols", "a"}}), "aa");
    }
}

/// A parameter's smallest and largest value, or all of a choice, as a user would write them.
std::vector<std::string> extremes(const Parameter& parameter) {
    std::vector<std::string> values(parameter.choices.begin(), parameter.choices.end());
    if (!values.empty()) return values;
    for (const double bound : {parameter.minimum, parameter.maximum}) {
        const bool is_text = parameter.type == Parameter::Type::text;
        values.push_back(is_text ? std::string(static_cast<std::size_t>(bound), 'x') : std::to_string(bound));
    }
    return values;
}

TEST(Outcomes, come_to_an_end_whatever_a_parameter_is) {
    for (const Program* program : catalogue()) {
        for (const Parameter& parameter : all_parameters(*program)) {
            for (const std::string& value : extremes(parameter)) {
                const ProgramRun run = run_program(program->name, trace::Storage::contextvar,
                                                   {{std::string(parameter.name), value}});
                const trace::Event& end = run.log()[run.log().end_index() - 1];
                EXPECT_EQ(end.tag<trace::Ending>(), trace::Ending::ok)
                    << program->name << ", " << parameter.name << "=" << value;
            }
        }
    }
}

}  // namespace
}  // namespace loopscope::scenario
