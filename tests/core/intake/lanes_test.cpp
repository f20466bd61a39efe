#include "core/intake/lanes.hpp"

#include "tests/core/intake/taken_records.hpp"

namespace loopscope::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Lanes : public TakenRecords {};

TEST_F(Lanes, tell_the_loop_of_another_thread_what_is_ready_for_it) {
    spool.task(1);
    spool.iteration(1);
    spool.step(1);
    spool.thread(2, "worker");
    spool.loop(1, 2);
    spool.ready(0x10, "from the worker");
    spool.thread(1, "");
    spool.ran(1, SPOOL_RAN_RESULT);
    EXPECT_THAT(events(),
                ElementsAre("spawn task 1  soon 'work'", "iteration 1 with 1 ready", "step task 1  first",
                            "ready user 'from the worker' for no task", "finish task 1  result"));
}

TEST_F(Lanes, let_loops_of_two_threads_run_side_by_side) {
    spool.task(1);
    spool.iteration(1);
    spool.step(1);
    spool.thread(2, "worker");
    spool.loop(2);
    spool.task(2);
    spool.iteration(1, 2);
    spool.step(2);
    spool.thread(1, "");
    spool.ran(1, SPOOL_RAN_RESULT);
    spool.thread(2, "");
    spool.ran(2, SPOOL_RAN_RESULT);
    EXPECT_THAT(events(),
                ElementsAre("spawn task 1  soon 'work'", "iteration 1 with 1 ready", "step task 1  first",
                            "thread 2 'worker'", "spawn task 2  soon 'work'", "iteration 1 with 1 ready",
                            "step task 2  first", "thread 1 'MainThread'", "finish task 1  result",
                            "thread 2 'worker'", "finish task 2  result"));
}

TEST_F(Lanes, are_two_where_two_loops_of_a_thread_are_open) {
    spool.ready(0x10);
    spool.loop(2);
    spool.ready(0x20);
    spool.iteration(1, 1);
    spool.call(0x10);
    spool.ran(0, SPOOL_RAN_RESULT);
    EXPECT_THAT(events(),
                ElementsAre("ready user for no task", "thread 2 'MainThread, loop 2'",
                            "ready user for no task", "thread 1 'MainThread'", "iteration 1 with 1 ready",
                            "callback user for no task", "callback_end"));
}

TEST_F(Lanes, are_used_again_by_the_next_loop_of_a_thread) {
    spool.ready(0x10);
    spool.iteration(1);
    spool.call(0x10);
    spool.ran(0, SPOOL_RAN_RESULT);
    spool.loop(1, 1);
    spool.loop(2);
    spool.ready(0x10);
    spool.iteration(1, 2);
    EXPECT_THAT(events(),
                ElementsAre("ready user for no task", "iteration 1 with 1 ready", "callback user for no task",
                            "callback_end", "ready user for no task", "iteration 2 with 1 ready"));
}

TEST_F(Lanes, go_to_the_thread_that_runs_a_loop_which_another_one_made) {
    spool.ready(0x10);
    spool.thread(2, "runner");
    spool.iteration(1);
    spool.call(0x10);
    spool.thread(1, "");
    spool.add(SPOOL_OUTPUT, 1, spool.text("main\n"));
    EXPECT_THAT(events(), ElementsAre("ready user for no task", "thread 1 'runner'",
                                      "iteration 1 with 1 ready", "callback user for no task",
                                      "thread 2 'MainThread'", "print no task  'main\\n'"));
}

TEST_F(Lanes, have_jobs_in_which_a_loop_may_run) {
    spool.task(1);
    spool.thread(2, "executor");
    spool.add(SPOOL_JOB, 1, spool.text("fetch"));
    spool.add(SPOOL_OUTPUT, 1, spool.text("job\n"));
    spool.loop(2);
    spool.ready(0x10);
    spool.iteration(1, 2);
    spool.call(0x10);
    spool.ran(0, SPOOL_RAN_RESULT);
    spool.add(SPOOL_JOB_END, 0, spool.text("OSError"), static_cast<std::uint32_t>(trace::Outcome::exception));
    EXPECT_THAT(events(),
                ElementsAre("spawn task 1  soon 'work'", "thread 2 'executor'", "job for task 1 'fetch'",
                            "print task 1  'job\\n'", "ready user for no task", "iteration 1 with 1 ready",
                            "callback user for no task", "callback_end", "job_end exception 'OSError'"));
}

TEST_F(Lanes, say_nothing_of_a_job_that_a_handle_runs_itself) {
    spool.task(1);
    spool.iteration(1);
    spool.step(1);
    spool.add(SPOOL_JOB, 1, spool.text("fetch"));
    spool.add(SPOOL_OUTPUT, 1, spool.text("job\n"));
    spool.add(SPOOL_JOB_END);
    EXPECT_THAT(events(), ElementsAre("spawn task 1  soon 'work'", "iteration 1 with 1 ready",
                                      "step task 1  first", "print task 1  'job\\n'"));
}

TEST_F(Lanes, refuse_threads_and_loops_out_of_turn) {
    spool.thread(3, "third");
    EXPECT_THAT(take(), HasSubstr("(thread) of the recording is wrong: it names thread 3, and there is 1"));
}

TEST_F(Lanes, refuse_a_loop_that_there_is_not) {
    spool.iteration(1, 3);
    EXPECT_THAT(take(), HasSubstr("it names loop 3, and there is 1"));
}

TEST_F(Lanes, of_threads_that_are_over_are_used_again_where_a_trace_has_room_for_no_more) {
    for (std::uint32_t thread = 2; thread <= trace::max_threads + 10; ++thread) {
        spool.thread(thread, "worker");
        spool.add(SPOOL_JOB, 0, spool.text("work"));
        spool.add(SPOOL_JOB_END);
    }
    events();
}

}  // namespace
}  // namespace loopscope::intake
