#include "core/explain/context_path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/explain/storage_view.hpp"
#include "core/explain/why.hpp"
#include "core/trace/transitions.hpp"

// Which way a value has come into the context in which it is read.
namespace loopscope::explain {
namespace {

using testing::HasSubstr;
using trace::Callback;
using trace::Kind;
using trace::tagged;
using trace::Wait;

/// A recorded trace in which task 1, `request`, writes a variable in line 3 of app.py, and a test goes on.
class ContextPath : public testing::Test {
  protected:
    ContextPath() {
        add(Kind::begin);
        add(Kind::file, 1, text("/home/ann/app.py"));
        spawn(1, "request", 2);
        add(Kind::variable, 1, text("id"), text("-"));
        add(Kind::storage, 0, 0, tagged(trace::Storage::contextvar));
        iterate(1);
        add(Kind::step, 1, 0, tagged(trace::Resume::first));
        write_ = add(Kind::set, 1, text("r1"), tagged(1, 3));
    }

    EventIndex add(Kind kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
        return log_.emit(kind, subject, a, b);
    }
    std::uint32_t text(std::string_view words) { return log_.intern(words).value; }
    void iterate(std::uint32_t handles) { add(Kind::iteration, ++iteration_, handles); }
    void spawn(std::uint32_t task, std::string_view name, std::uint32_t line) {
        add(Kind::spawn, task, text(name), tagged(trace::Start::soon, line));
    }
    void copy(std::string_view call, std::uint32_t line) { add(Kind::copy, 0, text(call), line << 8); }
    void finish(std::uint32_t task) { add(Kind::finish, task); }
    void begin(std::uint32_t task) {
        iterate(1);
        add(Kind::step, task, 0, tagged(trace::Resume::first));
    }
    void call(Callback callback, std::string_view name) {
        iterate(1);
        add(Kind::callback, 0, text(name), tagged(callback));
    }
    /// Reads the value in line 9 as `task`, and prints it.
    EventIndex print(std::uint32_t task, EventIndex seen) {
        const EventIndex get = add(Kind::get, task, seen.value, tagged(1, 9));
        return add(Kind::print_value, task, get.value, 9u << 8);
    }
    EventIndex print(std::uint32_t task) { return print(task, write_); }
    /// Returns what WHY says of the action at an event.
    std::string action(EventIndex event) {
        const auto checked = trace::check(log_);
        EXPECT_TRUE(checked) << (checked ? "" : checked.error().message);
        trace::Index index;
        index.update(log_);
        trace::State state;
        for (EventIndex each; each <= event; ++each) state.apply(log_[each]);
        return why(Facts{log_, index, state, event}).action;
    }

    trace::Log log_;
    EventIndex write_;
    std::uint32_t iteration_ = 0;
};

TEST_F(ContextPath, is_not_told_of_what_was_written_in_the_same_context) {
    EXPECT_EQ(action(print(1)),
              "It prints id at app.py:9 from its own context: 'r1', written by request(r1) at app.py:3, 1 "
              "event ago.");
}

TEST_F(ContextPath, names_the_call_and_the_line_that_created_a_task) {
    spawn(2, "worker", 4);
    copy("create_task", 4);
    finish(1);
    begin(2);
    EXPECT_THAT(action(print(2)),
                HasSubstr("The context was copied from request(r1) when create_task created worker at "
                          "app.py:4."));
}

TEST_F(ContextPath, goes_through_timers_to_the_task_that_started_the_first_one) {
    add(Kind::timer, 0, 0, tagged(Callback::user));
    add(Kind::name, 1, text("tick"), tagged(trace::Named::timer));
    copy("call_later", 5);
    finish(1);
    add(Kind::timer_due, 0, 1);
    call(Callback::user, "tick");
    spawn(2, "refresh", 6);
    copy("ensure_future", 6);
    add(Kind::callback_end);
    begin(2);
    EXPECT_THAT(action(print(2)),
                HasSubstr("The context was copied from request(r1) when call_later started a timer for tick "
                          "at app.py:5, and at last when ensure_future created refresh at app.py:6."));
}

TEST_F(ContextPath, says_how_often_a_timer_has_started_itself_again) {
    for (std::uint32_t timer = 1; timer <= 6; ++timer) {
        add(Kind::timer, 0, 0, tagged(Callback::user));
        copy("call_later", 4 + timer);
        if (timer == 1) finish(1);
        if (timer > 1) add(Kind::callback_end);
        add(Kind::timer_due, 0, timer);
        call(Callback::user, {});
    }
    EXPECT_THAT(action(print(0)),
                HasSubstr("when call_later started a timer at app.py:5, then when call_later started a timer "
                          "at app.py:6, 3 more times, and at last when call_later started a timer at "
                          "app.py:10."));
}

TEST_F(ContextPath, leads_to_what_registered_a_descriptor) {
    const auto registered = add(Kind::descriptor, 0, text("resume_reading"), 7u << 8);
    finish(1);
    add(Kind::ready, 0, text("read"), tagged(Callback::io));
    add(Kind::copy, registered.value);
    call(Callback::io, "read");
    spawn(2, "answer", 8);
    copy("create_task", 8);
    add(Kind::callback_end);
    begin(2);
    EXPECT_THAT(
        action(print(2)),
        HasSubstr("The context was copied from request(r1) when resume_reading had the loop watch a "
                  "descriptor at app.py:7, and at last when create_task created answer at app.py:8."));
}

TEST_F(ContextPath, is_not_told_where_a_callback_was_given_a_context) {
    add(Kind::ready, 0, text("note"), tagged(Callback::user));
    finish(1);
    call(Callback::user, "note");
    EXPECT_THAT(action(print(0)), testing::EndsWith("events ago."));
}

TEST_F(ContextPath, is_not_told_where_the_value_was_written_after_the_copy) {
    spawn(2, "worker", 4);
    copy("create_task", 4);
    const auto later = add(Kind::set, 1, text("r2"), tagged(1, 5));
    finish(1);
    begin(2);
    EXPECT_THAT(action(print(2, later)), testing::EndsWith("events ago."));
}

TEST_F(ContextPath, of_an_executors_job_is_that_of_its_thread_or_a_copy) {
    add(Kind::suspend, 1, 3, tagged(Wait::executor));
    add(Kind::thread, 2, text("pool"));
    add(Kind::job, 1, text("check"));
    const auto lost = print(1, {});
    add(Kind::job_end);
    add(Kind::job, 1, text("check"));
    copy("to_thread", 0);
    const auto kept = print(1);
    EXPECT_EQ(action(lost),
              "It prints id at app.py:9 from the context of its thread, for run_in_executor copies none: "
              "'-', the default, for nothing was written there.");
    EXPECT_THAT(action(kept), HasSubstr("The context was copied from request(r1) when to_thread started the "
                                        "job check."));
}

TEST_F(ContextPath, of_a_callbacks_task_is_not_in_the_state_so_its_storage_shows_what_it_saw) {
    finish(1);
    call(Callback::user, "later");
    spawn(2, "handle", 7);
    begin(2);
    const EventIndex printed = print(2);
    trace::Index index;
    index.update(log_);
    trace::State state;
    for (EventIndex each; each <= printed; ++each) state.apply(log_[each]);
    const StorageView view = view_storage(log_, index, state, printed);
    const auto box = view.box_of(TaskId{2});
    ASSERT_TRUE(box);
    EXPECT_EQ(view.boxes[*box].values[0].text, "r1");
    EXPECT_EQ(view.boxes[*box].values[0].writer, write_);
    EXPECT_EQ(view.boxes[*box].read(), Highlight::now);
}

}  // namespace
}  // namespace loopscope::explain
