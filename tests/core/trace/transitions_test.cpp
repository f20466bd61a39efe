#include "core/trace/transitions.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/index.hpp"
#include "core/trace/state.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::trace {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(Transitions, are_kept_to_by_every_program_under_every_storage) {
    for (const scenario::Program* program : scenario::catalogue()) {
        for (const Storage storage : all_storages) {
            const auto run = scenario::run_program(program->name, storage);
            const auto checked = check(run.log());
            EXPECT_TRUE(checked) << program->name << " " << name(storage) << ": " << checked.error().message;
        }
    }
}

/// A log that is written by hand, and what the checker says of it.
class Written : public testing::Test {
  protected:
    Written() { add(Kind::begin); }

    EventIndex add(Kind kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
        return log_.emit(kind, subject, a, b);
    }
    void spawn(Start start = Start::soon) { add(Kind::spawn, ++tasks_, 0, tagged(start)); }
    void iteration(std::uint32_t ready) { add(Kind::iteration, ++iterations_, ready); }
    void step(std::uint32_t task, Resume resume = Resume::first) { add(Kind::step, task, 0, tagged(resume)); }
    void suspend(std::uint32_t task, Wait wait = Wait::yield, std::uint32_t what = 0) {
        add(Kind::suspend, task, what, tagged(wait));
    }
    /// One task that runs.
    void begin_step() {
        spawn();
        iteration(1);
        step(1);
    }
    /// What is wrong, or nothing. What is right can be folded.
    std::string wrong() {
        const auto checked = check(log_);
        if (!checked) return checked.error().message;
        State state;
        for (EventIndex at; at < log_.end_index(); ++at) state.apply(log_[at]);
        Index index;
        index.update(log_);
        return {};
    }

    Log log_;
    std::uint32_t tasks_ = 0;
    std::uint32_t iterations_ = 0;
};

/// What the checker says of a log for which there is little room.
std::string wrong_in(const Log& log, const Room& room) {
    Checker checker;
    checker.allow(room);
    for (EventIndex at; at < log.end_index(); ++at) {
        if (const auto checked = checker.check(log[at], 0); !checked) return checked.error().message;
    }
    return {};
}

TEST_F(Written, may_have_no_more_than_there_is_room_for) {
    Room room;
    room.bytes = 1800;
    for (int each = 0; each < 3; ++each) spawn();
    EXPECT_EQ(wrong_in(log_, room), "") << "these take 600 bytes each, with their handles";
    spawn();
    EXPECT_THAT(wrong_in(log_, room),
                HasSubstr("event 4 (spawn) is wrong: there are more tasks than can be shown"));
    room.bytes = 2400;
    add(Kind::ready);
    EXPECT_THAT(wrong_in(log_, room),
                HasSubstr("there are more handles that are ready at once than can be shown"));
    room.bytes = 2600;
    add(Kind::timer);
    EXPECT_THAT(wrong_in(log_, room), HasSubstr("there are more timers that run at once than can be shown"));
    room.bytes = 2700;
    EXPECT_EQ(wrong_in(log_, room), "");
    add(Kind::variable, 1);
    EXPECT_THAT(wrong_in(log_, room), HasSubstr("there are more variables than can be shown"));
}

TEST_F(Written, may_have_as_many_timers_as_it_likes_if_few_run_at_once) {
    Room room;
    room.bytes = 200;
    for (std::uint32_t timer = 1; timer <= 100; ++timer) {
        add(Kind::timer);
        add(Kind::timer_cancel, 0, timer);
    }
    EXPECT_EQ(wrong_in(log_, room), "");
}

TEST_F(Written, has_no_more_variables_and_selections_than_can_be_told_apart) {
    for (std::uint32_t number = 1; number <= max_variables; ++number) add(Kind::variable, number);
    EXPECT_EQ(wrong(), "");
    add(Kind::variable, max_variables + 1);
    EXPECT_THAT(wrong(), HasSubstr("there are more variables than can be shown"));
}

TEST_F(Written, selects_a_storage_as_often_as_a_user_may) {
    for (std::uint32_t each = 0; each < max_selections; ++each) add(Kind::storage);
    EXPECT_EQ(wrong(), "");
    add(Kind::storage);
    EXPECT_THAT(wrong(), HasSubstr("storages are selected more often than can be shown"));
}

TEST_F(Written, is_not_followed_where_looking_for_handles_takes_too_long) {
    constexpr std::uint32_t tasks = 400;
    for (std::uint32_t each = 0; each < tasks; ++each) spawn();
    iteration(tasks);
    for (std::uint32_t task = tasks; task > 0; --task) {
        step(task);
        suspend(task, Wait::future, 1);
    }
    Checker patient;
    patient.allow_any_order();
    Checker hasty;
    hasty.allow_any_order();
    Room room;
    room.steps = 1000;
    hasty.allow(room);
    Result<void> checked;
    for (EventIndex at; at < log_.end_index(); ++at) {
        ASSERT_TRUE(patient.check(log_[at], 0));
        if (checked) checked = hasty.check(log_[at], 0);
    }
    ASSERT_FALSE(checked);
    EXPECT_THAT(checked.error().message, HasSubstr("in an order that takes too long to follow"));
}

TEST_F(Written, skips_a_cancelled_timer_and_no_callback_that_runs_later_where_handles_run_in_any_order) {
    spawn();
    add(Kind::ready);
    add(Kind::timer);
    add(Kind::timer_due, 0, 1);
    iteration(3);
    step(1);
    add(Kind::timer_cancel, 0, 1);
    suspend(1, Wait::future, 1);
    add(Kind::skip);
    add(Kind::callback);
    add(Kind::callback_end);
    Checker checker;
    checker.allow_any_order();
    for (EventIndex at; at < log_.end_index(); ++at) {
        const Result<void> checked = checker.check(log_[at], 0);
        ASSERT_TRUE(checked) << checked.error().message;
    }
}

TEST_F(Written, has_a_cancelled_timer_come_due_after_others_are_over) {
    for (int timer = 0; timer < 3; ++timer) add(Kind::timer);
    add(Kind::timer_cancel, 0, 1);
    add(Kind::timer_due, 0, 2);
    iteration(1);
    add(Kind::callback);
    add(Kind::callback_end);
    add(Kind::timer_due, 0, 1);
    iteration(1);
    add(Kind::skip);
    EXPECT_EQ(wrong(), "");
    add(Kind::timer_due, 0, 2);
    EXPECT_THAT(wrong(), HasSubstr("timer 2 is over"));
}

TEST_F(Written, finds_each_write_and_each_read_again_however_far_back) {
    add(Kind::variable, 1);
    add(Kind::variable, 2);
    const auto write = add(Kind::set, 0, 0, 2);
    const auto read = add(Kind::get, 0, write.value, 2);
    for (int each = 0; each < 1000; ++each) add(Kind::stop);
    add(Kind::get, 0, write.value, 2);
    add(Kind::print_value, 0, read.value);
    EXPECT_EQ(wrong(), "");
    add(Kind::get, 0, read.value, 2);
    EXPECT_THAT(wrong(), HasSubstr(fmt::format("event {} is no set", read.value)));
}

TEST_F(Written, trace_may_be_cut_anywhere) {
    EXPECT_EQ(wrong(), "");
    begin_step();
    EXPECT_EQ(wrong(), "");
    suspend(1);
    EXPECT_EQ(wrong(), "");
}

TEST_F(Written, trace_begins_with_begin_and_has_no_second_one) {
    Checker checker;
    const auto first = checker.check({static_cast<std::uint32_t>(Kind::stop), 0, 0, 0}, 0);
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().message, "event 0 (stop) is wrong: it cannot stand as the first event");
    add(Kind::begin);
    EXPECT_EQ(wrong(), "event 1 (begin) is wrong: it cannot stand between handles");
}

TEST_F(Written, trace_has_nothing_after_its_end) {
    add(Kind::end);
    add(Kind::stop);
    EXPECT_THAT(wrong(), HasSubstr("after the end"));
}

TEST_F(Written, event_is_of_a_kind_that_there_is) {
    log_.append({99, 0, 0, 0});
    EXPECT_EQ(wrong(), "event 1 is of kind 99, which this Loopscope does not know");
}

TEST_F(Written, tag_means_something) {
    add(Kind::storage, 0, 0, 7);
    EXPECT_THAT(wrong(), HasSubstr("its tag is 7"));
}

TEST_F(Written, field_that_is_not_used_is_empty) {
    add(Kind::stop, 1);
    EXPECT_THAT(wrong(), HasSubstr("more than it should"));
}

TEST_F(Written, string_is_one_that_there_is) {
    add(Kind::print, 0, 1);
    EXPECT_THAT(wrong(), HasSubstr("string 1"));
}

TEST_F(Written, time_never_goes_back) {
    log_.set_time(2s);
    add(Kind::stop);
    log_.set_time(1s);
    add(Kind::stop);
    EXPECT_THAT(wrong(), HasSubstr("its time is before"));
}

TEST_F(Written, time_is_one_that_can_be_added_to) {
    log_.append({static_cast<std::uint32_t>(Kind::clock), 0, ~0u, ~0u});
    EXPECT_THAT(wrong(), HasSubstr("out of range"));
}

TEST_F(Written, tasks_are_numbered_in_order) {
    add(Kind::spawn, 2);
    EXPECT_THAT(wrong(), HasSubstr("should number task 1, not 2"));
}

TEST_F(Written, iterations_are_numbered_and_count_what_is_ready) {
    iteration(1);
    EXPECT_THAT(wrong(), HasSubstr("0 are ready"));
}

TEST_F(Written, iteration_runs_its_whole_snapshot) {
    spawn();
    iteration(1);
    iteration(1);
    EXPECT_THAT(wrong(), HasSubstr("have not run"));
}

TEST_F(Written, step_is_the_first_ready_handle_s) {
    spawn();
    spawn();
    iteration(2);
    step(2);
    EXPECT_THAT(wrong(), HasSubstr("first ready handle"));
}

TEST_F(Written, step_needs_an_iteration_with_a_handle_left) {
    spawn();
    step(1);
    EXPECT_THAT(wrong(), HasSubstr("no handle left"));
}

TEST_F(Written, body_begins_once) {
    begin_step();
    suspend(1);
    iteration(1);
    step(1, Resume::first);
    EXPECT_THAT(wrong(), HasSubstr("has begun before"));
}

TEST_F(Written, only_the_running_task_suspends) {
    spawn();
    begin_step();
    EXPECT_THAT(wrong(), HasSubstr("2 are ready"));
}

TEST_F(Written, task_that_does_not_wait_is_not_woken) {
    begin_step();
    add(Kind::wake, 1, 3, tagged(Wait::future));
    EXPECT_THAT(wrong(), HasSubstr("does not wait"));
}

TEST_F(Written, task_is_woken_by_what_it_waits_for) {
    begin_step();
    suspend(1, Wait::future, 3);
    add(Kind::wake, 1, 4, tagged(Wait::future));
    EXPECT_THAT(wrong(), HasSubstr("waits for something else"));
}

TEST_F(Written, eager_start_steps_at_once_inside_the_step_that_spawned_it) {
    begin_step();
    spawn(Start::eager);
    step(2);
    suspend(2, Wait::future, 1);
    spawn();
    suspend(1);
    EXPECT_EQ(wrong(), "");
    State state;
    for (EventIndex at; at < log_.end_index(); ++at) state.apply(log_[at]);
    EXPECT_EQ(state.task(TaskId{3}).parent, TaskId{1}) << "the outer step goes on after the inner one";
    Index index;
    index.update(log_);
    EXPECT_EQ(index.task(TaskId{3}).parent, TaskId{1});
}

TEST_F(Written, eager_start_is_not_put_off) {
    begin_step();
    spawn(Start::eager);
    suspend(1);
    EXPECT_THAT(wrong(), HasSubstr("task 2 was to be stepped at once"));
}

TEST_F(Written, step_in_a_step_was_spawned_for_it) {
    spawn();
    spawn();
    iteration(2);
    step(1);
    step(2);
    EXPECT_THAT(wrong(), HasSubstr("nothing was spawned"));
}

TEST_F(Written, eager_start_in_a_callback_takes_no_handle) {
    add(Kind::ready, 0, 0, tagged(Callback::user));
    spawn();
    iteration(2);
    add(Kind::callback, 0, 0, tagged(Callback::user));
    spawn(Start::eager);
    step(2);
    add(Kind::finish, 2);
    add(Kind::callback_end);
    step(1);
    EXPECT_EQ(wrong(), "");
    State state;
    for (EventIndex at; at < log_.end_index(); ++at) state.apply(log_[at]);
    EXPECT_EQ(state.handle()->task, TaskId{1});
    EXPECT_EQ(state.running(), TaskId{1});
}

TEST_F(Written, callback_is_the_one_that_became_ready) {
    add(Kind::ready, 0, 0, tagged(Callback::gather));
    iteration(1);
    add(Kind::callback, 0, 0, tagged(Callback::user));
    EXPECT_THAT(wrong(), HasSubstr("another one"));
}

TEST_F(Written, timer_is_due_once) {
    add(Kind::timer, 0, 5, tagged(Callback::user));
    add(Kind::timer_due, 0, 1);
    add(Kind::timer_due, 0, 1);
    EXPECT_THAT(wrong(), HasSubstr("due before"));
}

TEST_F(Written, timer_is_one_that_there_is) {
    add(Kind::timer_cancel, 0, 1);
    EXPECT_THAT(wrong(), HasSubstr("timer 1"));
}

TEST_F(Written, read_names_a_write_of_the_same_variable) {
    add(Kind::variable, 1);
    add(Kind::variable, 2);
    const EventIndex write = add(Kind::set, 0, 0, 1);
    add(Kind::get, 0, write.value, 1);
    EXPECT_EQ(wrong(), "");
    add(Kind::get, 0, write.value, 2);
    EXPECT_THAT(wrong(), HasSubstr("another variable"));
}

TEST_F(Written, print_names_a_read) {
    add(Kind::print_value, 0, 0);
    EXPECT_THAT(wrong(), HasSubstr("event 0 is no get"));
}

TEST_F(Written, print_is_by_who_runs) {
    begin_step();
    add(Kind::print, 0);
    EXPECT_THAT(wrong(), HasSubstr("does not run"));
}

TEST_F(Written, variable_is_one_that_there_is) {
    add(Kind::set, 0, 0, 1);
    EXPECT_THAT(wrong(), HasSubstr("variable 1"));
}

TEST_F(Written, trace_with_more_tasks_and_variables_than_memory_has_room_for_is_refused) {
    Checker checker;
    ASSERT_TRUE(checker.check({static_cast<std::uint32_t>(Kind::begin), 0, 0, 0}, 0));
    const std::uint64_t tasks = 1u << 20;
    for (std::uint32_t task = 1; task <= tasks; ++task)
        ASSERT_TRUE(checker.check({static_cast<std::uint32_t>(Kind::spawn), task, 0, 0}, 0));
    Result<void> checked;
    std::uint32_t variable = 0;
    while (checked && variable < 255)
        checked = checker.check({static_cast<std::uint32_t>(Kind::variable), ++variable, 0, 0}, 0);
    ASSERT_FALSE(checked);
    EXPECT_THAT(checked.error().message, HasSubstr("more variables"));
}

}  // namespace
}  // namespace loopscope::trace
