// The program of the post "aiotask-context: contextvars for asyncio", in both of its forms: what it prints
// and what its trace tells.

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program_run.hpp"

namespace loopscope::scenario {
namespace {

using trace::Event;
using trace::Kind;
using trace::Storage;
using namespace std::chrono_literals;

std::string repeat(std::string_view text, int times) {
    std::string result;
    for (int each = 0; each < times; ++each) result += text;
    return result;
}

/// What a form of the program prints under a storage.
struct Case {
    const char* program;
    Storage storage;
    std::string output;
    std::size_t leaks;  ///< prints whose writer belongs to another root task's chain
};

void PrintTo(const Case& test, std::ostream* out) {
    *out << test.program << " under " << name(test.storage);
}

const std::string only_c = repeat("c", 40);
const std::string each_its_own = repeat("0abc", 10);

const Case cases[] = {
    {"indication", Storage::argument, each_its_own, 0},
    {"indication", Storage::global, only_c, 30},
    {"indication", Storage::thread_local_, only_c, 30},
    {"indication", Storage::context_shared, each_its_own, 0},
    {"indication", Storage::context_copy, each_its_own, 0},
    {"indication", Storage::context_chainmap, each_its_own, 0},
    {"indication", Storage::contextvar, each_its_own, 0},
    // Below main() the four are siblings: they share their parent's dict, and all belong to one chain.
    {"indication-main", Storage::argument, each_its_own, 0},
    {"indication-main", Storage::global, only_c, 0},
    {"indication-main", Storage::thread_local_, only_c, 0},
    {"indication-main", Storage::context_shared, only_c, 0},
    {"indication-main", Storage::context_copy, each_its_own, 0},
    {"indication-main", Storage::context_chainmap, each_its_own, 0},
    {"indication-main", Storage::contextvar, each_its_own, 0},
};

/// Everyone's root task, told from the trace alone: a task's parent is the one that runs when it is spawned.
std::map<TaskId, TaskId> roots_of(const trace::Log& log) {
    std::map<TaskId, TaskId> roots;
    TaskId running;
    for (const Event& event : trace::events_of(log)) {
        if (event.kind() == Kind::step) running = event.task();
        if (event.kind() == Kind::suspend || event.kind() == Kind::finish) running = {};
        if (event.kind() == Kind::spawn) roots[event.task()] = running ? roots.at(running) : event.task();
    }
    return roots;
}

std::size_t leaks_in(const trace::Log& log) {
    const auto roots = roots_of(log);
    std::size_t leaks = 0;
    for (const EventIndex print : trace::all_of_kind(log, Kind::print_value)) {
        const EventIndex writer = log.writer_of_print(print);
        if (writer && roots.at(log[writer].task()) != roots.at(log[print].task())) ++leaks;
    }
    return leaks;
}

class IndicationTest : public testing::TestWithParam<Case> {};

INSTANTIATE_TEST_SUITE_P(Forms, IndicationTest, testing::ValuesIn(cases), [](const auto& test) {
    std::string title = std::string(test.param.program) + "_" + std::string(trace::name(test.param.storage));
    for (char& each : title) each = each == '-' ? '_' : each;
    return title;
});

TEST_P(IndicationTest, prints_what_its_storage_makes_of_it) {
    EXPECT_EQ(run_program(GetParam().program, GetParam().storage).output(), GetParam().output);
}

TEST_P(IndicationTest, tells_its_leaks_by_its_trace_alone) {
    EXPECT_EQ(leaks_in(run_program(GetParam().program, GetParam().storage).log()), GetParam().leaks);
}

TEST_P(IndicationTest, leaves_the_same_trace_every_time) {
    const ProgramRun first = run_program(GetParam().program, GetParam().storage);
    const ProgramRun second = run_program(GetParam().program, GetParam().storage);
    EXPECT_EQ(trace::events_of(first.log()), trace::events_of(second.log()));
    EXPECT_EQ(trace::strings_of(first.log()), trace::strings_of(second.log()));
}

TEST_P(IndicationTest, takes_the_same_way_whatever_it_prints) {
    // The storage decides what is read, and nothing else: the events are the same but for the reads and the
    // storage's own.
    const ProgramRun reference = run_program(GetParam().program, Storage::contextvar);
    const ProgramRun run = run_program(GetParam().program, GetParam().storage);
    ASSERT_EQ(run.log().size(), reference.log().size());
    for (EventIndex at; at < run.log().end_index(); ++at) {
        if (run.log()[at].kind() == Kind::get || run.log()[at].kind() == Kind::storage) continue;
        ASSERT_EQ(run.log()[at], reference.log()[at]) << at.value;
    }
}

TEST_P(IndicationTest, prints_from_a_switch_on_what_its_storage_alone_would_have_printed_there) {
    for (std::size_t place = 0; place <= 40; place += 7) {
        ProgramRun run(GetParam().program, Storage::global);
        run.advance_to_prints(place);
        run.select(GetParam().storage);
        run.finish();
        EXPECT_EQ(run.output(), only_c.substr(0, place) + GetParam().output.substr(place)) << place;
    }
}

TEST(Indication, prints_on_under_a_storage_that_is_switched_back_and_forth) {
    ProgramRun run("indication", Storage::global);
    std::string expected;
    for (std::size_t place = 5; place <= 40; place += 5) {
        run.advance_to_prints(place);
        expected += (run.run().storage() == Storage::global ? only_c : each_its_own).substr(place - 5, 5);
        run.select(run.run().storage() == Storage::global ? Storage::contextvar : Storage::global);
    }
    run.finish();
    EXPECT_EQ(run.output(), expected);
}

TEST(Indication, prints_every_symbol_as_often_as_its_parameters_say) {
    const std::vector<Setting> settings{{"duration", "0.5"}, {"interval", "100ms"}, {"symbols", "äb"}};
    EXPECT_EQ(run_program("indication", Storage::contextvar, settings).output(), repeat("äb", 5));
    EXPECT_EQ(run_program("indication", Storage::global, settings).output(), repeat("b", 10));
}

TEST(Indication, ends_when_all_four_have_slept) {
    for (const char* program : {"indication", "indication-main"}) {
        const ProgramRun run = run_program(program, Storage::global);
        const Event& end = run.log()[run.log().end_index() - 1];
        EXPECT_EQ(end.kind(), Kind::end) << program;
        EXPECT_EQ(end.tag<trace::Ending>(), trace::Ending::ok) << program;
        const Time time = run.log().time(run.log().end_index() - 1);
        EXPECT_GE(time, 1s);
        EXPECT_LT(time, 1001ms);
    }
}

TEST(Indication, without_a_step_cost_prints_two_symbols_an_eleventh_time) {
    // Ten times 0.1 s is exactly 1 s here, so all four sleeps and all four indications come due together
    // (R4), in the order that the heap has for eight equal deadlines (R6): 0 2 6 5 7 4 1 3, where 0 to 3 are
    // the sleeps and 4 to 7 the indications. So the sleeps of '0' and 'b' cancel their indications, which are
    // woken but have not run (C4); those of 'a' and 'c' come too late. CPython 3.13 on an integer clock
    // prints the same. Its float clock gives eleven of each, for there ten times 0.1 is less than 1.
    EXPECT_EQ(run_program("indication", Storage::contextvar, {{"step-cost", "0"}}).output(),
              each_its_own + "ac");
}

}  // namespace
}  // namespace loopscope::scenario
