// Programs of one's own: what `./dev new` writes, compiled as it stands, and one that says all it can.

#define LOOPSCOPE_OWN_PROGRAM whole_program
#define LOOPSCOPE_OWN_SOURCE "whole.cpp"
#include "core/scenario/own_program.hpp"

#include <gtest/gtest.h>

#include "core/scenario/run.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::own {

extern const scenario::Program own_example_program;  // written by scripts/new_program.py

namespace {

constexpr Parameter parameters[] = {
    {"symbol", "what is printed", Parameter::Type::text, "x", 1, 1},
};
constexpr Outcome outcomes[] = {{scenario::every_storage, "x", "It is printed."}};

Coro<> main(const Arguments& arguments) {
    const Task<> left = create_task([]() -> Coro<> { co_await sleep(1h); }());
    print(arguments.text("symbol"));
    co_return;
}

}  // namespace

LOOPSCOPE_PROGRAM("whole", main, .summary = "prints", .text = "It prints.", .parameters = parameters,
                  .outcomes = outcomes);

namespace {

std::string printed(const scenario::Program& program, Storage storage,
                    const std::vector<scenario::Setting>& set = {}) {
    trace::Log log;
    const auto arguments = scenario::Arguments::create(scenario::all_parameters(program), set);
    scenario::Run run(program, arguments.value(), storage, log);
    while (run.advance()) {
    }
    EXPECT_EQ(log[log.end_index() - 1].tag<trace::Ending>(), trace::Ending::ok);
    return trace::output_of(log);
}

TEST(OwnProgram, as_it_is_written_runs) {
    EXPECT_EQ(own_example_program.name, "own-example");
    EXPECT_EQ(own_example_program.source_file, "own_example.cpp");
    EXPECT_EQ(own_example_program.summary, "two requests at once");
    EXPECT_EQ(printed(own_example_program, Storage::global), "bb");
    EXPECT_EQ(printed(own_example_program, Storage::contextvar), "ab");
}

TEST(OwnProgram, may_have_parameters_and_all_else_that_programs_have) {
    EXPECT_EQ(whole_program.text, "It prints.");
    EXPECT_EQ(&scenario::outcome_of(whole_program, Storage::global), &outcomes[0]);
    EXPECT_EQ(printed(whole_program, Storage::global), "x");
    EXPECT_EQ(printed(whole_program, Storage::global, {{"symbol", "y"}}), "y");
}

}  // namespace
}  // namespace loopscope::own
