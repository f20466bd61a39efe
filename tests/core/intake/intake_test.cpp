#include "core/intake/intake.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/text.hpp"
#include "tests/core/intake/taken_records.hpp"
#include "tests/support/describe.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/spool_of.hpp"

namespace loopscope::intake {
namespace {

/// The trace without what records do not say: the first thread's name, without which its events have lower
/// numbers; which task a callback serves that is no timer's; when a loop begins to wait on another thread;
/// what is put into queues and taken out of them.
std::string text_in_records(const trace::Log& log) {
    constexpr std::size_t number_width = 6;
    std::string text;
    bool is_first_thread = true;
    trace::each_event(log, [&](EventIndex at, Time time) {
        const trace::Event& event = log[at];
        const trace::Kind kind = event.kind();
        is_first_thread = is_first_thread && !(kind == trace::Kind::thread && event.subject > 1);
        if (!at || kind == trace::Kind::clock || (kind == trace::Kind::thread && is_first_thread)) return;
        if (kind == trace::Kind::restore) return;  // a recorder tells one storage's values
        if (kind == trace::Kind::put || kind == trace::Kind::take || kind == trace::Kind::task_done) return;
        std::string line = trace::line_of(log, at, time).substr(number_width);
        if (kind == trace::Kind::thread) line = trace::details_of(log, at);
        if (kind == trace::Kind::ready || kind == trace::Kind::callback) line.erase(line.rfind(" for "));
        const std::size_t written = line.find(" written at ");
        if (written != std::string::npos) {
            const EventIndex writer =
                kind == trace::Kind::get ? log.writer_of_get(at) : log.writer_of_print(at);
            line.erase(written);
            line += " written by" + trace::details_of(log, writer);
        }
        text += line + '\n';
    });
    return text;
}

TEST(Intake, makes_the_trace_of_every_program_of_ours_from_the_records_of_it) {
    for (const scenario::Program* program : scenario::catalogue()) {
        for (const trace::Storage storage : trace::all_storages) {
            const auto run = scenario::run_program(program->name, storage);
            // A recorder sees a list when it is read, and not as it changes.
            if (!trace::all_of_kind(run.log(), trace::Kind::change).empty()) continue;
            trace::Log log;
            Intake intake(log, program->name);
            const auto taken = intake.push(spool_of(run.log()));
            ASSERT_TRUE(taken) << program->name << ": " << taken.error().message << '\n'
                               << trace::text_of(log);
            EXPECT_TRUE(trace::check(log)) << program->name;
            ASSERT_EQ(text_in_records(log), text_in_records(run.log())) << program->name;
        }
    }
}

#ifdef __linux__
TEST(Intake, ends_a_recording_for_which_there_is_no_more_memory) {
    const auto run = scenario::run_program("indication", trace::Storage::global);
    trace::Log log;
    log.set_memory_limit(1);
    Intake intake(log, "app.py");
    while (!log.full()) log.emit(trace::Kind::stop);
    const auto taken = intake.push(spool_of(run.log()));
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().message, "the recording ends here: " + log.why_full());
}
#endif

class IntakeRecords : public TakenRecords {};

TEST_F(IntakeRecords, make_the_same_events_in_pieces_of_any_size) {
    const auto run = scenario::run_program("indication", trace::Storage::global);
    const std::vector<Spool_record> records = spool_of(run.log());
    trace::Log whole;
    ASSERT_TRUE(Intake(whole, "app.py").push(records));
    for (const std::size_t size : {1U, 7U, 100U}) {
        trace::Log cut;
        Intake pieces(cut, "app.py");
        for (std::size_t at = 0; at < records.size(); at += size) {
            const auto piece = std::span(records).subspan(at, std::min(size, records.size() - at));
            ASSERT_TRUE(pieces.push(piece));
        }
        EXPECT_EQ(trace::events_of(cut), trace::events_of(whole));
        EXPECT_EQ(trace::strings_of(cut), trace::strings_of(whole));
        EXPECT_EQ(pieces.size(), records.size());
    }
}

TEST_F(IntakeRecords, say_why_a_recording_ends_while_the_program_goes_on) {
    spool.add(SPOOL_STOPPED, 0, spool.text("the disk is full"));
    spool.task(1);
    EXPECT_EQ(take(), "");
    EXPECT_EQ(intake.stopped(), "the disk is full");
    EXPECT_EQ(log.size(), 1U);
    EXPECT_FALSE(intake.saw_a_loop());
}

TEST_F(IntakeRecords, of_choices_are_counted_and_become_no_events) {
    spool.iteration(1);
    spool.add(SPOOL_CHOICE, 4, 3, 2);
    EXPECT_EQ(take(), "");
    const std::uint32_t before = log.size();
    spool.add(SPOOL_CHOICE, 0, 2, 0);
    EXPECT_EQ(take(), "");
    EXPECT_EQ(log.size(), before);
    EXPECT_THAT(intake.choices(), testing::ElementsAre(Choice{4, 3, 2}, Choice{0, 2, 0}));
}

// print(all_tasks()) may ask in the middle of what it prints.
TEST_F(IntakeRecords, of_choices_stand_within_a_text_that_is_printed_in_pieces) {
    spool.add(SPOOL_OUTPUT, 1, spool.text("a"), 3);
    spool.add(SPOOL_CHOICE, 4, 2, 1);
    spool.add(SPOOL_OUTPUT, 1, spool.text("b\n"), 3);
    spool.add(SPOOL_STOP, 1);
    const std::vector<std::string> lines = events();
    EXPECT_EQ(std::ranges::count_if(lines, [](const std::string& line) { return line.starts_with("print"); }),
              1);
}

TEST_F(IntakeRecords, of_choices_order_the_ready_queue_of_the_next_iteration) {
    spool.task(1, "a");
    spool.task(2, "b");
    spool.ready(0x10, "call");
    spool.ready(0x20, "gone");
    spool.handle(SPOOL_HANDLE_CANCEL, 0, 0x20);
    for (const auto& [count, taken] : {std::pair(4U, 2U), std::pair(3U, 2U), std::pair(2U, 1U)})
        spool.add(SPOOL_CHOICE, 2, count, taken);
    spool.iteration(4);
    static_cast<void>(events());
    spool.call(0x10);
    spool.ran(0, SPOOL_RAN_RESULT);
    spool.step(2);
    spool.ran(2, SPOOL_RAN_RESULT);
    spool.step(1);
    spool.ran(1, SPOOL_RAN_RESULT);
    spool.iteration(0);
    EXPECT_EQ(take(), "");
    std::vector<std::string> begun;
    for (EventIndex at; at < log.end_index(); ++at) {
        const trace::Kind kind = log[at].kind();
        if (kind == trace::Kind::step || kind == trace::Kind::callback || kind == trace::Kind::skip)
            begun.push_back(trace::kind_text(kind) + std::to_string(log[at].subject));
    }
    EXPECT_THAT(begun, testing::ElementsAre("callback0", "skip0", "step2", "step1"));
}

TEST_F(IntakeRecords, of_choices_that_order_another_ready_queue_are_refused) {
    spool.task(1, "a");
    spool.add(SPOOL_CHOICE, 2, 2, 1);
    spool.iteration(1);
    EXPECT_THAT(take(), testing::HasSubstr("1 choices order a ready queue of 1 handles"));
}

TEST_F(IntakeRecords, of_choices_that_there_are_not_are_refused) {
    spool.add(SPOOL_CHOICE, 0, 2, 2);
    EXPECT_EQ(take(), "record 5 (choice) of the recording is wrong: it takes alternative 2 of 2");
}

TEST_F(IntakeRecords, of_an_unknown_kind_are_refused) {
    spool.add(77);
    EXPECT_EQ(take(),
              "record 5 (77) of the recording is wrong: it is of a kind that this Loopscope does not know");
}

TEST_F(IntakeRecords, that_name_what_there_is_not_are_refused) {
    spool.add(SPOOL_TASK, 1, 9);
    EXPECT_EQ(take(), "record 5 (task) of the recording is wrong: it names string 9, and there is 1");
}

TEST_F(IntakeRecords, of_timers_have_a_deadline) {
    spool.handle(SPOOL_TIMER, 0, 0x10);
    spool.add(SPOOL_STOP, 1);
    EXPECT_EQ(take(), "record 6 (stop) of the recording is wrong: a timer's deadline was to come");
}

TEST_F(IntakeRecords, do_not_go_back_in_time) {
    using namespace std::chrono_literals;
    spool.at(2s);
    spool.ready(0x10);
    spool.add(SPOOL_CLOCK, 0, 5);
    spool.ready(0x20);
    EXPECT_EQ(take(), "");
    EXPECT_EQ(log.time(log.end_index() - 1), log.time(log.end_index() - 2));
    spool.add(SPOOL_CLOCK, 0, 0, 0x8000'0000);
    EXPECT_EQ(take(), "record 9 (clock) of the recording is wrong: it sets a time that is out of range");
}

TEST_F(IntakeRecords, that_wake_tasks_within_their_steps_too_deep_are_refused) {
    constexpr std::uint32_t depth = 100;
    spool.task(1);
    spool.iteration(1);
    spool.step(1);
    for (std::uint32_t task = 2; task < depth; ++task) {
        spool.handle(SPOOL_WAKE, task - 1, 0x10);
        spool.task(task, "eager", 0, trace::Start::eager);
        spool.step(task);
    }
    for (std::uint32_t task = depth - 1; task > 0; --task) {
        spool.wait(trace::Wait::future, 1);
        spool.ran(task, SPOOL_RAN_WAITS);
    }
    EXPECT_THAT(take(), testing::HasSubstr("tasks are woken within their own steps too deep"));
}

}  // namespace
}  // namespace loopscope::intake
