#include "core/intake/runs.hpp"

#include "tests/core/intake/taken_records.hpp"

namespace loopscope::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using trace::Callback;
using trace::Wait;
using namespace std::chrono_literals;

class Runs : public TakenRecords {};

TEST_F(Runs, passes_over_what_was_cancelled_before_it_ran) {
    spool.ready(0x10, "first");
    spool.ready(0x20, "second");
    spool.handle(SPOOL_HANDLE_CANCEL, 0, 0x10);
    spool.iteration(1);  // the cancelled one was taken out before
    spool.call(0x20);
    spool.ran(0, SPOOL_RAN_RESULT);
    EXPECT_THAT(events(), ElementsAre("ready user 'first' for no task", "ready user 'second' for no task",
                                      "iteration 1 with 2 ready", "skip",
                                      "callback user 'second' for no task", "callback_end"));
}

TEST_F(Runs, skips_at_the_next_iteration_what_was_cancelled_at_the_end_of_one) {
    spool.ready(0x10);
    spool.ready(0x20);
    spool.iteration(2);
    spool.call(0x10);
    spool.handle(SPOOL_HANDLE_CANCEL, 0, 0x20);
    spool.ready(0x30);
    spool.ran(0, SPOOL_RAN_RESULT);
    events();
    spool.iteration(1);
    spool.call(0x30);
    EXPECT_THAT(events(), ElementsAre("skip", "iteration 2 with 1 ready", "callback user for no task"));
}

TEST_F(Runs, abandons_what_an_iteration_did_not_run_and_runs_it_in_the_next) {
    spool.task(1);
    spool.task(2);
    spool.iteration(2);
    spool.step(1);
    spool.ran(1, SPOOL_RAN_EXCEPTION, 0, "KeyboardInterrupt");
    events();
    spool.iteration(1);
    spool.step(2);
    EXPECT_THAT(events(),
                ElementsAre("abandon 1 handles not run", "iteration 2 with 1 ready", "step task 2  first"));
}

TEST_F(Runs, drops_what_a_closed_loop_had_and_knows_its_handles_no_more) {
    spool.ready(0x10);
    spool.timer(0x20, 5s, Callback::user);
    spool.timer(0x30, 6s, Callback::user, "late");
    spool.handle(SPOOL_HANDLE_CANCEL, 0, 0x20, SpoolBuilder::timer_flag);
    spool.loop(1, 1);
    spool.handle(SPOOL_HANDLE_CANCEL, 0, 0x30, SpoolBuilder::timer_flag);
    spool.handle(SPOOL_HANDLE_CANCEL, 0, 0x10);
    EXPECT_THAT(events(), ElementsAre("ready user for no task", "timer user for no task  deadline 5.000 s",
                                      "timer user for no task  deadline 6.000 s", "name 2  'late'",
                                      "timer_cancel timer 1", "drop 1 ready, 1 timers"));
    spool.loop(2);
    spool.ready(0x10);
    spool.iteration(1, 2);
    spool.call(0x10);
    EXPECT_THAT(events(), ElementsAre("ready user for no task", "iteration 1 with 1 ready",
                                      "callback user for no task"));
}

TEST_F(Runs, tells_a_timer_from_another_one_at_the_same_address_later) {
    spool.timer(0x10, 1s, Callback::user, "one");
    spool.at(1s);
    spool.handle(SPOOL_DUE, 0, 0x10, SpoolBuilder::timer_flag);
    spool.handle(SPOOL_DUE, 0, 0x10, SpoolBuilder::timer_flag);  // said twice
    spool.iteration(1);
    spool.call(0x10);
    spool.ran(0, SPOOL_RAN_RESULT);
    spool.handle(SPOOL_HANDLE_CANCEL, 0, 0x10, SpoolBuilder::timer_flag);  // it has run
    spool.timer(0x10, 2s, Callback::user, "two");
    spool.handle(SPOOL_HANDLE_CANCEL, 0, 0x10, SpoolBuilder::timer_flag);
    spool.handle(SPOOL_HANDLE_CANCEL, 0, 0x10, SpoolBuilder::timer_flag);
    EXPECT_THAT(events(), ElementsAre("timer user for no task  deadline 1.000 s", "name 1  'one'",
                                      "clock 1000000000 ns", "timer_due timer 1", "iteration 1 with 1 ready",
                                      "callback user 'one' for no task", "callback_end",
                                      "timer user for no task  deadline 2.000 s", "name 2  'two'",
                                      "timer_cancel timer 2"));
}

TEST_F(Runs, tells_what_a_task_waits_for_and_that_it_is_done) {
    spool.task(1, "main", 7);
    spool.add(SPOOL_TASK_NAME, 1, spool.text("the main one"));
    spool.iteration(1);
    spool.step(1);
    spool.timer(0x10, 1s, Callback::sleep);
    spool.wait(Wait::sleep, 0x10);
    spool.ran(1, SPOOL_RAN_WAITS, 8);
    EXPECT_THAT(events(),
                ElementsAre("spawn task 1  soon 'main'  line 7", "name 1  'the main one'",
                            "iteration 1 with 1 ready", "step task 1  first",
                            "timer sleep for task 1  deadline 1.000 s", "suspend task 1  sleep 1  line 8"));
    spool.handle(SPOOL_DUE, 0, 0x10, SpoolBuilder::timer_flag);
    spool.iteration(1);
    spool.call(0x10);
    spool.handle(SPOOL_WAKE, 1, 0x20);
    spool.ran(0, SPOOL_RAN_RESULT);
    spool.iteration(1);
    spool.step(1);
    spool.wait(Wait::lock, 3);
    spool.ran(1, SPOOL_RAN_WAITS, 9);
    spool.add(SPOOL_TASK_CANCEL, 1, 0, trace::tagged(trace::Cancel::requested));
    spool.handle(SPOOL_WAKE, 1, 0x20);
    spool.iteration(1);
    spool.step(1, true);
    spool.ran(1, SPOOL_RAN_CANCELLED, 0, "CancelledError");
    EXPECT_THAT(events(),
                ElementsAre("timer_due timer 1", "iteration 2 with 1 ready", "callback sleep for task 1",
                            "wake task 1  sleep 1", "callback_end", "iteration 3 with 1 ready",
                            "step task 1  value", "suspend task 1  lock 3  line 9",
                            "cancel task 1  requested", "wake task 1  lock 3", "iteration 4 with 1 ready",
                            "step task 1  cancelled", "finish task 1  cancelled 'CancelledError'"));
}

TEST_F(Runs, holds_what_follows_when_a_task_is_woken_before_its_step_is_over) {
    spool.task(1);
    spool.iteration(1);
    spool.step(1);
    spool.handle(SPOOL_WAKE, 1, 0x10);
    spool.ready(0x20, "after");
    spool.wait(Wait::future, 4);
    events();
    spool.ran(1, SPOOL_RAN_WAITS);
    spool.iteration(2);
    spool.step(1);
    EXPECT_THAT(events(), ElementsAre("suspend task 1  future 4", "wake task 1  future 4",
                                      "ready user 'after' for no task", "iteration 2 with 2 ready",
                                      "step task 1  value"));
}

TEST_F(Runs, steps_an_eager_task_within_the_step_that_makes_it) {
    spool.task(1);
    spool.iteration(1);
    spool.step(1);
    spool.task(2, "eager", 3, trace::Start::eager);
    spool.add(SPOOL_TASK_NAME, 2, spool.text("quick"));
    spool.step(2);
    spool.ran(2, SPOOL_RAN_YIELDS, 4);
    spool.ran(1, SPOOL_RAN_RESULT);
    spool.iteration(1);
    spool.step(2);
    EXPECT_THAT(events(),
                ElementsAre("spawn task 1  soon 'work'", "iteration 1 with 1 ready", "step task 1  first",
                            "spawn task 2  eager 'eager'  line 3", "name 2  'quick'", "step task 2  first",
                            "suspend task 2  yield  line 4", "finish task 1  result",
                            "iteration 2 with 1 ready", "step task 2  value"));
}

TEST_F(Runs, tells_a_handle_that_nobody_announced) {
    spool.call(0x10);
    spool.ran(0, SPOOL_RAN_RESULT);
    spool.task(1);
    spool.iteration(2);
    spool.call(0x20);  // before the task, which is the first that is known
    spool.ran(0, SPOOL_RAN_RESULT);
    spool.step(1);
    EXPECT_THAT(events(),
                ElementsAre("ready user for no task", "iteration 1 with 1 ready", "callback user for no task",
                            "callback_end", "spawn task 1  soon 'work'", "iteration 2 with 1 ready",
                            "thread 2 'MainThread, out of turn'", "ready user for no task",
                            "iteration 1 with 1 ready", "callback user for no task", "callback_end",
                            "thread 1 'MainThread'", "step task 1  first"));
}

TEST_F(Runs, tells_timers_of_a_loop_that_tells_no_iterations) {
    spool.timer(0x10, 1s, Callback::user);
    spool.task(1);
    spool.handle(SPOOL_DUE, 0, 0x10, SpoolBuilder::timer_flag);
    spool.call(0x10);
    spool.ran(0, SPOOL_RAN_RESULT);
    spool.step(1);
    EXPECT_THAT(events(),
                ElementsAre("timer user for no task  deadline 1.000 s", "spawn task 1  soon 'work'",
                            "thread 2 'MainThread, out of turn'", "timer_due timer 1",
                            "iteration 1 with 1 ready", "callback user for no task", "callback_end",
                            "thread 1 'MainThread'", "iteration 1 with 1 ready", "step task 1  first"));
}

TEST_F(Runs, tells_the_end_and_what_its_exception_said) {
    spool.ready(0x10);
    spool.iteration(1);
    spool.call(0x10);
    spool.ran(0, SPOOL_RAN_EXCEPTION, 0, "ValueError");
    spool.add(SPOOL_MESSAGE, 0, spool.text("no such key"));
    spool.add(SPOOL_MESSAGE, 0, spool.text("said again"));
    spool.add(SPOOL_EXIT, 3, spool.text("SystemExit"), static_cast<std::uint32_t>(trace::Ending::exited));
    spool.add(SPOOL_OUTPUT, 1, spool.text("too late"));
    EXPECT_THAT(events(), ElementsAre("ready user for no task", "iteration 1 with 1 ready",
                                      "callback user for no task", "callback_end exception 'ValueError'",
                                      "message of 4 'no such key'", "end exited 3 'SystemExit'"));
}

TEST_F(Runs, tells_the_signal_that_killed_the_program_between_two_handles) {
    spool.ready(0x10);
    events();
    intake.finish(9);
    EXPECT_THAT(events(), ElementsAre("end signalled 9"));
}

TEST_F(Runs, tells_no_end_in_the_middle_of_a_handle) {
    spool.ready(0x10);
    spool.iteration(1);
    spool.call(0x10);
    events();
    intake.finish(9);
    EXPECT_THAT(events(), ElementsAre());
}

TEST_F(Runs, refuses_handles_that_do_not_run_in_turn) {
    spool.task(1);
    spool.task(2);
    spool.iteration(2);
    spool.step(2);
    EXPECT_THAT(take(), HasSubstr("(run) of the recording is wrong: task 2 runs, and is not the first in its "
                                  "loop's ready queue"));
    EXPECT_EQ(log.size(), 4U) << "what stands before it is there";
}

TEST_F(Runs, follows_a_loop_that_has_an_order_of_its_own) {
    intake.allow_any_order();
    spool.task(1);
    spool.ready(0x10, "first");
    spool.ready(0x20, "second");
    spool.iteration(3);
    events_in_any_order();
    spool.call(0x20);
    spool.ran(0, SPOOL_RAN_RESULT);
    spool.step(1);
    spool.ran(1, SPOOL_RAN_RESULT);
    spool.call(0x10);
    spool.ran(0, SPOOL_RAN_RESULT);
    EXPECT_THAT(events_in_any_order(),
                ElementsAre("callback user 'second' for no task", "callback_end", "step task 1  first",
                            "finish task 1  result", "callback user 'first' for no task", "callback_end"));
}

TEST_F(Runs, begins_an_iteration_where_a_loop_with_an_order_of_its_own_runs_what_is_ready_since) {
    intake.allow_any_order();
    spool.task(1);
    spool.task(2);
    spool.step(1);
    spool.task(3);
    spool.ran(1, SPOOL_RAN_RESULT);
    events_in_any_order();
    spool.step(3);
    EXPECT_THAT(events_in_any_order(),
                ElementsAre("abandon 1 handles not run", "iteration 2 with 2 ready", "step task 3  first"));
}

TEST_F(Runs, wakes_what_a_loop_with_an_order_of_its_own_runs_without_a_word) {
    intake.allow_any_order();
    spool.task(1);
    spool.step(1);
    spool.wait(Wait::future, 1);
    spool.ran(1, SPOOL_RAN_WAITS);
    events();
    spool.step(1);
    EXPECT_THAT(events(),
                ElementsAre("wake task 1  future 1", "iteration 2 with 1 ready", "step task 1  value"));
}

TEST_F(Runs, refuses_a_handle_that_is_not_ready_in_any_order) {
    intake.allow_any_order();
    spool.task(1);
    spool.step(1);
    spool.ran(1, SPOOL_RAN_RESULT);
    spool.step(1);
    EXPECT_THAT(take(), HasSubstr("task 1 runs, and is not the first in its loop's ready queue"));
}

TEST_F(Runs, refuses_an_end_of_what_does_not_run) {
    spool.task(1);
    spool.iteration(1);
    spool.step(1);
    spool.ran(0, SPOOL_RAN_RESULT);
    EXPECT_THAT(take(), HasSubstr("it ends what does not run"));
}

TEST_F(Runs, refuses_a_wait_of_which_nobody_said_for_what) {
    spool.task(1);
    spool.iteration(1);
    spool.step(1);
    spool.ran(1, SPOOL_RAN_WAITS);
    EXPECT_THAT(take(), HasSubstr("task 1 waits, and nobody said for what"));
}

TEST_F(Runs, refuses_a_task_out_of_turn_and_one_that_there_is_not) {
    spool.task(2);
    EXPECT_THAT(take(), HasSubstr("task 2 should be number 1"));
    EXPECT_THAT(take(), HasSubstr("task 2 should be number 1")) << "nothing is taken after it";
}

TEST_F(Runs, tell_which_call_copied_the_context_for_what_was_made) {
    const auto copied = [this](std::string_view call, std::uint32_t line) {
        spool.add(SPOOL_COPY, 0, spool.text(call), line);
    };
    spool.file(1, "app.py");
    spool.task(1, "main", 3);
    copied("create_task", 3);
    spool.ready(0x10, "note");
    copied("call_soon", 4);
    spool.timer(0x20, 5s, Callback::user, "tick");
    copied("call_later", 0);
    EXPECT_THAT(
        events(),
        ElementsAre("file 1 'app.py'", "spawn task 1  soon 'main'  line 3", "copy by 'create_task'  line 3",
                    "ready user 'note' for no task", "copy by 'call_soon'  line 4",
                    "timer user for no task  deadline 5.000 s", "name 1  'tick'", "copy by 'call_later'"));
}

TEST_F(Runs, tell_at_each_call_for_a_descriptor_where_the_context_was_copied) {
    spool.task(1);
    spool.iteration(1);
    spool.step(1);
    events();
    spool.handle(SPOOL_DESCRIPTOR, 0, 0x10);
    spool.add(SPOOL_COPY, 0, spool.text("resume_reading"), 7);
    spool.ran(1, SPOOL_RAN_RESULT);
    for (int each = 0; each < 2; ++each) {
        spool.handle(SPOOL_IO, spool.text("read"), 0x10, SpoolBuilder::flag_of(Callback::io));
        spool.iteration(1);
        spool.call(0x10);
        spool.ran(0, SPOOL_RAN_RESULT);
    }
    EXPECT_THAT(events(),
                ElementsAre("descriptor by 'resume_reading'  line 7", "finish task 1  result",
                            "ready io 'read' for no task", "copy at event 4", "iteration 2 with 1 ready",
                            "callback io 'read' for no task", "callback_end", "ready io 'read' for no task",
                            "copy at event 4", "iteration 3 with 1 ready", "callback io 'read' for no task",
                            "callback_end"));
}

TEST_F(Runs, have_a_task_that_any_thread_may_resume_run_where_it_is_woken) {
    intake.allow_any_thread();
    spool.task(1, "job", 0, trace::Start::eager);
    spool.step(1);
    spool.wait(Wait::future, 1);
    spool.ran(1, SPOOL_RAN_WAITS);
    events();
    spool.thread(2, "worker");
    spool.add(SPOOL_WAKE, 1);
    spool.step(1);
    spool.ran(1, SPOOL_RAN_RESULT);
    EXPECT_THAT(events(),
                ElementsAre("thread 2 'worker'", "wake task 1  future 1", "iteration 1 with 1 ready",
                            "step task 1  value", "finish task 1  result"));
}

TEST_F(Runs, name_the_objects_that_tasks_wait_for) {
    spool.add(SPOOL_OBJECT_NAME, 3, spool.text("deadline_timer"));
    EXPECT_THAT(events(), ElementsAre(HasSubstr("name")));
}

}  // namespace
}  // namespace loopscope::intake
