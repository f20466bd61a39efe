#include "core/scenario/parameter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::scenario {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using namespace std::chrono_literals;

constexpr Parameter parameters[] = {
    {"interval", "time between two prints", Parameter::Type::duration, "0.1", 0.001, 3600},
    {"workers", "how many there are", Parameter::Type::count, "4", 1, 100},
    {"symbols", "one for each", Parameter::Type::text, "0abc", 1, 5},
};

Result<Arguments> with(const std::string& name, const std::string& text) {
    return Arguments::create(parameters, std::vector<Setting>{{name, text}});
}

std::string error_with(const std::string& name, const std::string& text) {
    const auto arguments = with(name, text);
    return arguments ? "no error" : arguments.error().message;
}

constexpr std::string_view words[] = {"a", "b", "c"};

TEST(Arguments, are_the_defaults_if_nothing_is_set) {
    const Arguments arguments = Arguments::create(parameters, {}).value();
    EXPECT_EQ(arguments.duration("interval"), 100ms);
    EXPECT_EQ(arguments.count("workers"), 4);
    EXPECT_EQ(arguments.text("symbols"), "0abc");
    EXPECT_THAT(arguments.settings(),
                ElementsAre(Pair("interval", "0.1"), Pair("workers", "4"), Pair("symbols", "0abc")));
}

TEST(Arguments, take_a_time_in_seconds_or_with_a_unit) {
    const std::pair<const char*, Duration> times[] = {
        {"0.1", 100ms},   {"1", 1s},          {"1s", 1s},      {"0.25s", 250ms},
        {"100ms", 100ms}, {"2500us", 2500us}, {"2e-3", 2ms},   {"5000000ns", 5ms},
        {"1ms", 1ms},     {"3600", 1h},       {"1.5", 1500ms},
    };
    for (const auto& [text, time] : times) {
        const auto arguments = with("interval", text);
        ASSERT_TRUE(arguments) << arguments.error().message;
        EXPECT_EQ(arguments->duration("interval"), time) << text;
    }
}

TEST(Arguments, take_the_last_of_two_settings_of_one_name) {
    const std::vector<Setting> settings{{"workers", "2"}, {"workers", "3"}};
    EXPECT_EQ(Arguments::create(parameters, settings).value().count("workers"), 3);
}

TEST(Arguments, keep_what_the_user_wrote) {
    EXPECT_THAT(with("interval", "250ms").value().settings().at(0), Pair("interval", "250ms"));
}

TEST(Arguments, refuse_a_time_out_of_range_in_one_sentence_that_says_the_range) {
    for (const char* wrong : {"0", "0.0009", "3601", "-1", "1h", "", "s", "ms", "soon", "0.1 s", " 1",
                              "1e400", "inf", "nan", "0x1", "1,5", "--1", "1msms"}) {
        EXPECT_EQ(error_with("interval", wrong),
                  "interval cannot be '" + std::string(wrong) +
                      "': it has to be a time from 0.001 to 3600 seconds, such as 0.1 or 100ms");
    }
}

TEST(Arguments, refuse_a_count_out_of_range_in_one_sentence_that_says_the_range) {
    for (const char* wrong : {"0", "101", "-1", "2.5", "", "two", "4s", "99999999999999999999"}) {
        EXPECT_EQ(error_with("workers", wrong), "workers cannot be '" + std::string(wrong) +
                                                    "': it has to be a whole number from 1 to 100");
    }
}

TEST(Arguments, count_the_characters_of_a_text_and_not_its_bytes) {
    EXPECT_EQ(with("symbols", "äöü€😀").value().text("symbols"), "äöü€😀");
    for (const char* wrong : {"", "äöü€😀!"}) {
        EXPECT_EQ(error_with("symbols", wrong),
                  "symbols cannot be '" + std::string(wrong) + "': it has to be a text of 1 to 5 characters");
    }
}

TEST(Arguments, of_an_unknown_name_list_the_names_that_there_are) {
    EXPECT_THAT(error_with("intervall", "1"),
                AllOf(HasSubstr("'intervall'"), HasSubstr("interval, workers, symbols")));
}

TEST(Parameter, tells_its_range_with_its_unit) {
    EXPECT_EQ(range_of(parameters[0]), "0.001 to 3600 s");
    EXPECT_EQ(range_of(parameters[1]), "1 to 100");
    EXPECT_EQ(range_of(parameters[2]), "1 to 5 characters");
    EXPECT_EQ(range_of({"symbols", "", Parameter::Type::text, "abc", 3, 3}), "3 characters");
    EXPECT_EQ(range_of({"way", "", Parameter::Type::choice, "b", 0, 0, words}), "a, b or c");
}

TEST(Parameter, that_is_a_choice_is_one_of_its_words) {
    const Parameter way{"way", "", Parameter::Type::choice, "b", 0, 0, words};
    EXPECT_EQ(Arguments::create({&way, 1}, {}).value().text("way"), "b");
    EXPECT_EQ(Arguments::create({&way, 1}, std::vector<Setting>{{"way", "c"}}).value().text("way"), "c");
    for (const char* wrong : {"", "d", "a, b"}) {
        EXPECT_EQ(Arguments::create({&way, 1}, std::vector<Setting>{{"way", wrong}}).error().message,
                  "way cannot be '" + std::string(wrong) + "': it has to be a, b or c");
    }
}

TEST(Parameter, answers_what_is_out_of_range_with_the_range) {
    EXPECT_THAT(error_with("interval", "0"), HasSubstr("from 0.001 to 3600 seconds"));
    EXPECT_THAT(error_with("workers", "101"), HasSubstr("from 1 to 100"));
    EXPECT_THAT(error_with("symbols", "0abcde"), HasSubstr("1 to 5 characters"));
}

}  // namespace
}  // namespace loopscope::scenario
