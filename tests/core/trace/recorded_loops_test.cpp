#include <fmt/format.h>
#include <gmock/gmock.h>

#include "core/trace/kinds.hpp"
#include "tests/core/trace/hand_written.hpp"

// What loops and threads of real programs do, which no program of ours does.
namespace loopscope::trace {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
using namespace std::chrono_literals;

class RecordedLoops : public HandWritten {
  protected:
    void finish(std::uint32_t task, Outcome outcome = Outcome::result, std::string_view type = {}) {
        add(Kind::finish, task, type.empty() ? 0 : text(type), tagged(outcome));
    }
    void ready(Callback callback = Callback::user) { add(Kind::ready, 0, 0, tagged(callback)); }
    void callback(Callback callback = Callback::user) { add(Kind::callback, 0, 0, tagged(callback)); }
};

TEST_F(RecordedLoops, iteration_that_is_cut_short_leaves_its_handles_ready) {
    begin_step(3);
    finish(1, Outcome::exception, "KeyboardInterrupt");
    const auto abandon = add(Kind::abandon, 0, 2);
    EXPECT_EQ(state().left_in_iteration(), 0U);
    EXPECT_THAT(state().ready(), SizeIs(2));
    EXPECT_EQ(details(abandon), "2 handles not run");
    iteration(2);
    step(2);
    EXPECT_EQ(state().left_in_iteration(), 1U);
}

TEST_F(RecordedLoops, iteration_is_cut_short_between_handles_and_says_what_is_left) {
    begin_step(2);
    add(Kind::abandon, 0, 1);
    EXPECT_THAT(wrong(), HasSubstr("(abandon) is wrong: it cannot stand in a step"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::abandon, 0, 1);
    EXPECT_THAT(check(other).error().message,
                HasSubstr("0 handles of the iteration have not run, and it says 1"));
}

TEST_F(RecordedLoops, loop_that_closes_takes_its_handles_and_timers_with_it) {
    ready();
    add(Kind::timer, 0, 5, tagged(Callback::user));
    add(Kind::timer, 0, 6, tagged(Callback::user));
    add(Kind::timer_due, 0, 1);
    thread(2);
    add(Kind::timer, 0, 7, tagged(Callback::user));
    thread(1);
    const auto drop = add(Kind::drop, 0, 2, 1);
    EXPECT_EQ(details(drop), "2 ready, 1 timers");
    EXPECT_THAT(state().ready(), SizeIs(0));
    EXPECT_THAT(state().timers(), SizeIs(1)) << "the other thread's";
    ready(Callback::gather);
    iteration(1);
    callback(Callback::gather);
    EXPECT_EQ(index().handles()[HandleIndex{0}].ready, drop + 1) << "not what was dropped";
    add(Kind::callback_end);
    EXPECT_EQ(wrong(), "");
    add(Kind::timer_due, 0, 2);
    EXPECT_THAT(wrong(), HasSubstr("timer 2 went with its loop"));
}

TEST_F(RecordedLoops, timer_that_went_with_its_loop_is_not_cancelled) {
    add(Kind::timer, 0, 5, tagged(Callback::user));
    add(Kind::drop, 0, 0, 1);
    add(Kind::timer_cancel, 0, 1);
    EXPECT_THAT(wrong(), HasSubstr("timer 1 is over"));
}

TEST_F(RecordedLoops, loop_that_closes_says_how_much_goes) {
    ready();
    add(Kind::drop, 0, 0, 0);
    EXPECT_THAT(wrong(), HasSubstr("it drops 0 handles, but 1 are ready"));
}

TEST_F(RecordedLoops, loop_that_closes_says_how_many_timers_go) {
    add(Kind::timer, 0, 5, tagged(Callback::user));
    add(Kind::drop, 0, 0, 2);
    EXPECT_THAT(wrong(), HasSubstr("it drops 2 timers, but 1 run"));
}

TEST_F(RecordedLoops, loop_does_not_close_in_the_middle_of_an_iteration) {
    begin_step(2);
    finish(1);
    add(Kind::drop, 0, 1, 0);
    EXPECT_THAT(wrong(), HasSubstr("1 handles of the iteration have not run"));
}

TEST_F(RecordedLoops, threads_take_turns_in_the_middle_of_what_they_do) {
    begin_step();  // events 1 to 3
    thread(2);
    const auto job = add(Kind::job, 1, text("blocking"));
    thread(1);
    add(Kind::print, 1, text("a"));
    thread(2);
    const auto job_print = add(Kind::print, 0, text("b"));
    add(Kind::job_end);
    thread(1);
    const auto end = add(Kind::suspend, 1, 3, tagged(Wait::executor));
    EXPECT_EQ(state().task(TaskId{1}).phase, TaskStatus::Phase::waiting);
    EXPECT_EQ(state().task(TaskId{1}).wait, Wait::executor);
    EXPECT_TRUE(state().handle_over());
    EXPECT_EQ(details(job), "for task 1 'blocking'");
    EXPECT_EQ(details(end), "task 1  executor 3");
    const Index all = index();
    ASSERT_THAT(all.handles(), SizeIs(2)) << "the step, and the job";
    EXPECT_EQ(all.handle_at(job), HandleIndex{1});
    EXPECT_EQ(all.handle_at({7}), HandleIndex{0}) << "what the step prints when it goes on";
    EXPECT_EQ(all.handle_at(job_print), HandleIndex{1});
    EXPECT_EQ(all.handle_at(end), HandleIndex{0});
    EXPECT_EQ(all.last_event({0}), end);
    EXPECT_EQ(all.last_event({1}), job_print + 1);
    EXPECT_EQ(all.end_of_step(TaskId{1}, 0), end);
}

TEST_F(RecordedLoops, thread_goes_on_with_what_it_was_doing) {
    begin_step();
    thread(2);
    spawn();
    add(Kind::iteration, 1, 1);
    step(2);
    EXPECT_EQ(state().running(), TaskId{2});
    thread(1);
    EXPECT_EQ(state().running(), TaskId{1});
    EXPECT_EQ(state().handle()->task, TaskId{1});
    add(Kind::suspend, 1, 0, tagged(Wait::yield));
    EXPECT_EQ(state().ready().size(), 1U) << "on its own loop";
    EXPECT_EQ(index().task(TaskId{2}).thread, 2U);
    thread(2);
    EXPECT_EQ(state().running(), TaskId{2});
    add(Kind::suspend, 1, 0, tagged(Wait::yield));
    EXPECT_THAT(wrong(), HasSubstr("task 2 runs, not task 1"));
}

TEST_F(RecordedLoops, job_runs_where_no_handle_does_and_may_run_a_loop_of_its_own) {
    thread(2);
    add(Kind::job, 0, 0);
    spawn();
    add(Kind::iteration, 1, 1);
    step(1);
    finish(1);
    add(Kind::job_end, 0, text("ValueError"), tagged(Outcome::exception));
    EXPECT_EQ(state().handle_over(), true);
    EXPECT_EQ(details(log.end_index() - 1), "exception 'ValueError'");
    add(Kind::job_end);
    EXPECT_THAT(wrong(), HasSubstr("(job_end) is wrong: it cannot stand between handles"));
}

TEST_F(RecordedLoops, job_does_not_begin_in_a_handle_or_in_another_job) {
    begin_step();
    add(Kind::job);
    EXPECT_THAT(wrong(), HasSubstr("(job) is wrong: it cannot stand in a step"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::job);
    other.emit(Kind::job);
    EXPECT_THAT(check(other).error().message, HasSubstr("(job) is wrong: it cannot stand in a job"));
}

TEST_F(RecordedLoops, job_does_not_end_in_the_middle_of_an_iteration) {
    spawn();
    add(Kind::job);
    iteration(1);
    add(Kind::job_end);
    EXPECT_THAT(wrong(), HasSubstr("1 handles of the iteration have not run"));
}

TEST_F(RecordedLoops, job_reads_and_writes_for_its_task_or_for_nobody) {
    spawn();
    add(Kind::variable, 1, text("symbol"), text("-"));
    add(Kind::job, 1, 0);
    const auto write = add(Kind::set, 1, text("a"), 1);
    add(Kind::get, 0, write.value, 1);
    EXPECT_EQ(state().cell(Storage::global, TaskId{1}, VariableId{1}), write);
    EXPECT_EQ(state().cell(Storage::contextvar, TaskId{1}, VariableId{1}), Writer{})
        << "its context is a copy that goes with it";
    add(Kind::set, 2, text("b"), 1);
    EXPECT_THAT(wrong(), HasSubstr("task 2 does not run"));
}

TEST_F(RecordedLoops, callback_says_how_it_ended) {
    ready(Callback::io);
    iteration(1);
    callback(Callback::io);
    const auto end = add(Kind::callback_end, 0, text("OSError"), tagged(Outcome::exception));
    const auto message = add(Kind::message, 0, text("no such file"), end.value);
    EXPECT_EQ(details(end), "exception 'OSError'");
    EXPECT_EQ(details(message), fmt::format("of {} 'no such file'", end.value));
    EXPECT_TRUE(state().handle_over());
    EXPECT_EQ(index().last_event({0}), end) << "a message can be passed over";
}

TEST_F(RecordedLoops, message_is_of_the_last_exception_and_said_once) {
    begin_step();
    add(Kind::message, 0, text("why"), 3);
    EXPECT_THAT(wrong(), HasSubstr("event 3 is not the last that named an exception"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::end, 0, other.intern("SystemExit").value, tagged(Ending::exception));
    other.emit(Kind::message, 0, other.intern("3").value, 1);
    EXPECT_TRUE(check(other)) << "also after the end";
    other.emit(Kind::message, 0, other.intern("3").value, 1);
    EXPECT_FALSE(check(other));
}

TEST_F(RecordedLoops, end_says_the_exit_code_or_the_signal) {
    const auto end = add(Kind::end, 3, text("SystemExit"), tagged(Ending::exited));
    EXPECT_EQ(state().ending(), Ending::exited);
    EXPECT_EQ(state().exit_code(), 3U);
    EXPECT_EQ(details(end), "exited 3 'SystemExit'");
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::end, 9, 0, tagged(Ending::signalled));
    EXPECT_TRUE(check(other));
    EXPECT_EQ(details_of(other, {1}), "signalled 9");
}

TEST_F(RecordedLoops, what_the_selector_makes_ready_belongs_to_no_handle) {
    begin_step();
    finish(1);
    const EventIndex last = log.end_index() - 1;
    ready(Callback::io);
    ready(Callback::signal);
    iteration(2);
    EXPECT_EQ(wrong(), "");
    EXPECT_EQ(index().last_event({0}), last);
}

TEST_F(RecordedLoops, tasks_wait_for_sockets_executors_and_processes) {
    begin_step(3);
    for (const auto& [task, wait] :
         {std::pair{1U, Wait::socket}, std::pair{2U, Wait::executor}, std::pair{3U, Wait::process}}) {
        if (task > 1) step(task);
        add(Kind::suspend, task, task, tagged(wait));
        add(Kind::wake, task, task, tagged(wait));
    }
    EXPECT_THAT(state().ready(), SizeIs(3));
    EXPECT_EQ(waits_for(Wait::socket), WaitsFor::object);
    iteration(3);
    add(Kind::step, 1, 0, tagged(Resume::value));
    add(Kind::suspend, 1, 0, tagged(Wait::process));
    EXPECT_THAT(wrong(), HasSubstr("it does not say what is waited for"));
}

}  // namespace
}  // namespace loopscope::trace
