#include "core/scenario/programs/catalogue.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program_run.hpp"

namespace loopscope::scenario {
namespace {

using testing::HasSubstr;

TEST(Catalogue, finds_every_program_by_its_name) {
    for (const Program* program : catalogue()) EXPECT_EQ(find_program(program->name).value(), program);
}

TEST(Catalogue, answers_an_unknown_name_with_those_that_exist) {
    const auto found = find_program("no-such-program");
    ASSERT_FALSE(found);
    EXPECT_THAT(found.error().message, HasSubstr("'no-such-program'"));
    for (const Program* program : catalogue()) {
        EXPECT_THAT(found.error().message, HasSubstr(std::string(program->name)));
    }
}

TEST(Catalogue, gives_each_program_a_name_of_its_own_and_says_what_it_is) {
    std::set<std::string_view> names;
    for (const Program* program : catalogue()) {
        EXPECT_TRUE(names.insert(program->name).second) << program->name;
        EXPECT_FALSE(program->summary.empty()) << program->name;
        EXPECT_EQ(program->summary.find('\n'), std::string_view::npos) << program->name;
    }
}

TEST(Catalogue, has_at_least_ten_programs_each_with_a_paragraph_about_it) {
    EXPECT_GE(catalogue().size(), 10);
    for (const Program* program : catalogue()) {
        EXPECT_GE(program->text.size(), 100) << program->name;
        EXPECT_EQ(program->text.find('\n'), std::string_view::npos) << program->name;
        EXPECT_EQ(program->text.find("  "), std::string_view::npos) << program->name;
    }
}

TEST(Catalogue, shows_the_source_of_each_program) {
    for (const Program* program : catalogue()) {
        EXPECT_THAT(std::string(source_of(*program)), HasSubstr("\"" + std::string(program->name) + "\""));
    }
}

TEST(Catalogue, has_only_parameters_whose_defaults_are_allowed) {
    for (const Program* program : catalogue()) {
        const auto arguments = Arguments::create(all_parameters(*program), {});
        ASSERT_TRUE(arguments) << program->name << ": " << arguments.error().message;
        std::set<std::string_view> names;
        for (const Parameter& parameter : all_parameters(*program)) {
            EXPECT_TRUE(names.insert(parameter.name).second) << program->name << ", " << parameter.name;
            EXPECT_FALSE(parameter.summary.empty()) << program->name << ", " << parameter.name;
            EXPECT_LE(parameter.minimum, parameter.maximum) << program->name << ", " << parameter.name;
        }
    }
}

TEST(Catalogue, has_programs_that_can_be_dropped_at_any_moment) {
    for (const Program* program : catalogue()) {
        for (std::size_t prints = 0; prints < 12; ++prints) {
            ProgramRun run(program->name, trace::Storage::contextvar);
            run.advance_to_prints(prints);
            run.drop();
        }
    }
}

}  // namespace
}  // namespace loopscope::scenario
