#include "app/session/failures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/feed/file_feed.hpp"
#include "tests/support/failing_programs.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
namespace failing = scenario::failing;

Session session_of(const scenario::Program& program) {
    return Session(
        feed::Setup{&program, scenario::Arguments::create(scenario::all_parameters(program), {}).value()});
}

Session finished(const scenario::Program& program) {
    Session session = session_of(program);
    run(session);
    return session;
}

/// The same trace, as a file has it.
Session recording_of(const scenario::Program& program) {
    auto log = std::make_shared<trace::Log>();
    scenario::Run run(program, scenario::Arguments::create(scenario::all_parameters(program), {}).value(),
                      trace::Storage::global, *log);
    while (run.advance()) continue;
    return Session(std::make_unique<feed::FileFeed>(log, format::Info{}, "t.loopscope"));
}

TEST(FailureReport, of_a_run_that_went_well_is_empty) {
    Session session = finished_seed();
    EXPECT_THAT(failures_of(session).sentences, IsEmpty());
    EXPECT_FALSE(failures_of(session).of_program);
}

TEST(FailureReport, says_which_task_raised_what) {
    Session session = finished(failing::raises);
    EXPECT_THAT(failures_of(session).sentences,
                ElementsAre("task 'raising_main' raised ValueError: no luck, which ended the program"));
    EXPECT_TRUE(failures_of(session).of_program);
}

TEST(FailureReport, says_who_waits_for_what_in_a_deadlock) {
    Session session = finished(failing::deadlocks);
    EXPECT_THAT(failures_of(session).sentences,
                ElementsAre("deadlock: nothing is ready and no timer is running; these tasks wait: task "
                            "'deadlocking_main' "
                            "for task 'waiter', task 'waiter' for an event"));
    EXPECT_TRUE(failures_of(session).of_program);
}

TEST(FailureReport, says_what_python_would_only_log_and_does_not_call_it_a_failure_of_the_program) {
    Session session = finished(failing::forgets);
    EXPECT_THAT(failures_of(session).sentences,
                ElementsAre("a callback 'late' raised RuntimeError: too late; the loop went on",
                            "task 'raise 1' raised ValueError: dropped; the exception was never retrieved",
                            "task 'raise 2' raised ValueError: kept; the exception was never retrieved"));
    EXPECT_FALSE(failures_of(session).of_program);
}

TEST(FailureReport, counts_what_there_is_too_much_of) {
    Session session = finished(failing::raises_often);
    EXPECT_THAT(failures_of(session).sentences, SizeIs(scenario::Failures::max_noted + 1));
    EXPECT_EQ(failures_of(session).sentences.back(), "4000 further exceptions were not noted");
}

TEST(FailureReport, of_a_recording_says_how_it_ended) {
    Session raised = recording_of(failing::raises);
    EXPECT_THAT(failures_of(raised).sentences, ElementsAre("ValueError ended the program"));
    EXPECT_TRUE(failures_of(raised).of_program);
    Session waits = recording_of(failing::deadlocks);
    EXPECT_THAT(failures_of(waits).sentences, SizeIs(1));
    EXPECT_TRUE(failures_of(waits).sentences.front().starts_with("deadlock: "));
    Session cancelled = recording_of(failing::is_cancelled);
    EXPECT_THAT(failures_of(cancelled).sentences, ElementsAre("the program was cancelled"));
    Session well = recording_of(failing::forgets);
    EXPECT_THAT(failures_of(well).sentences, IsEmpty());
}

TEST(FailureReport, is_of_the_head_wherever_the_cursor_is) {
    Session session = finished(failing::deadlocks);
    session.go_to_start();
    const EventIndex before = session.cursor();
    EXPECT_THAT(failures_of(session).sentences, SizeIs(1));
    EXPECT_EQ(session.cursor(), before);
    EXPECT_EQ(session.state().size(), before.value + 1) << "and what the panels see is of the cursor";
}

TEST(LastFailure, is_known_as_soon_as_it_has_happened) {
    Session session = session_of(failing::forgets);
    LastFailure last;
    EXPECT_EQ(last.sentence(session), "");
    run(session, std::chrono::microseconds(100));
    EXPECT_EQ(last.sentence(session), "a callback 'late' raised RuntimeError: too late; the loop went on");
    run(session);
    EXPECT_EQ(last.sentence(session),
              "task 'raise 2' raised ValueError: kept; the exception was never retrieved (and 2 before it)");
}

TEST(LastFailure, is_of_the_trace_that_is_shown) {
    LastFailure last;
    Session session = finished(failing::deadlocks);
    EXPECT_TRUE(last.sentence(session).starts_with("deadlock: "));
    session = finished(failing::raises);
    EXPECT_EQ(last.sentence(session),
              "task 'raising_main' raised ValueError: no luck, which ended the program");
    session = finished_seed();
    EXPECT_EQ(last.sentence(session), "");
}

}  // namespace
}  // namespace loopscope::session
