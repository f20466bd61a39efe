#include "core/scenario/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"
#include "core/trace/index.hpp"
#include "core/trace/transitions.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::scenario {
namespace {

using task::Coro;
using task::create_task;
using task::print;
using trace::Ending;
using trace::Event;
using trace::Storage;
using namespace std::chrono_literals;

Coro<> say(std::string_view text) {
    print(text);
    co_return;
}

Coro<> sleep_then_say(Duration delay, std::string_view text) {
    co_await task::sleep(delay);
    print(text);
}

Coro<> fail_with_value_error() {
    throw ValueError("no luck");
    co_return;
}

Coro<> wait_for_ever(loop::EventLoop& loop) {
    const task::Future<> never(Ref(new task::FutureState<void>(loop)));
    co_await never;
}

Coro<> say_and_leave_others_behind() {
    create_task(sleep_then_say(0s, "next"));
    create_task(sleep_then_say(1s, "never"));
    print("main ");
    co_return;
}

const task::Variable symbol("symbol", ".");

/// As `asyncio.run` does with what was set before it: the main task has a copy of the context.
Coro<> say_symbol_and_set(std::string_view text) {
    print(symbol.get());
    symbol.set(text);
    co_return;
}

/// A program of one task.
Program program_of(AnyFuture (*start)(loop::EventLoop&, const Arguments&)) {
    Program program{};
    program.name = "test";
    program.start = start;
    return program;
}

class RunTest : public testing::Test {
  protected:
    /// Runs a program to its end; gives the trace's last event.
    Event run(const Program& program) {
        const Arguments arguments = Arguments::create(all_parameters(program), {}).value();
        scenario::Run run(program, arguments, Storage::contextvar, log_);
        while (run.advance()) continue;
        EXPECT_TRUE(run.over());
        EXPECT_FALSE(run.advance()) << "what is over stays over";
        const Event last = log_[log_.end_index() - 1];
        EXPECT_EQ(last.kind(), trace::Kind::end) << text_of(log_);
        return last;
    }

    trace::Log log_;
};

TEST_F(RunTest, begins_its_trace_with_the_program_and_the_storage_before_anything_else) {
    run(program_of(
        [](loop::EventLoop& loop, const Arguments&) { return future_of(create_task(loop, say("x"))); }));
    EXPECT_EQ(log_[EventIndex{0}].kind(), trace::Kind::begin);
    EXPECT_EQ(log_.strings()[StringId{log_[EventIndex{0}].a}], "test");
    EXPECT_EQ(log_[EventIndex{1}].kind(), trace::Kind::storage);
    EXPECT_EQ(log_[EventIndex{1}].tag<Storage>(), Storage::contextvar);
    EXPECT_EQ(log_[EventIndex{2}].kind(), trace::Kind::spawn);
}

TEST_F(RunTest, of_a_program_that_returns_is_ok) {
    const Event end = run(program_of(
        [](loop::EventLoop& loop, const Arguments&) { return future_of(create_task(loop, say("x"))); }));
    EXPECT_EQ(end.tag<Ending>(), Ending::ok);
    EXPECT_EQ(end.a, 0u);
    EXPECT_EQ(trace::output_of(log_), "x");
}

TEST_F(RunTest, of_a_program_that_prints_and_sets_before_its_loop_runs_has_main_inherit_that) {
    run(program_of([](loop::EventLoop& loop, const Arguments&) {
        print("start ");
        print(symbol.get());
        symbol.set("a");
        const auto main = create_task(loop, say_symbol_and_set("m"));
        symbol.set("b");
        const auto context = task::copy_context();
        symbol.set("c");
        create_task(loop, say_symbol_and_set("n"), {.context = context});
        print(symbol.get());
        return future_of(main);
    }));
    EXPECT_EQ(trace::output_of(log_), "start .cab");
    const auto checked = trace::check(log_);
    EXPECT_TRUE(checked) << checked.error().message;
    trace::Index index;
    index.update(log_);
    EXPECT_EQ(index.prints().back().leaks, 0U) << "what was set before anything ran leaks into nobody";
}

TEST_F(RunTest, of_a_program_that_needs_a_running_loop_too_early_says_so) {
    const auto run_it = [&] {
        run(program_of([](loop::EventLoop&, const Arguments&) { return future_of(create_task(say("x"))); }));
    };
    try {
        run_it();
        FAIL() << "a task was created for no loop";
    } catch (const RuntimeError& error) {
        EXPECT_STREQ(error.what(), "no running event loop");
    }
    EXPECT_THROW(print("nowhere"), RuntimeError) << "without any loop there is no trace to print into";
}

TEST_F(RunTest, of_a_program_that_throws_says_what) {
    const Event end = run(program_of([](loop::EventLoop& loop, const Arguments&) {
        return future_of(create_task(loop, fail_with_value_error()));
    }));
    EXPECT_EQ(end.tag<Ending>(), Ending::exception);
    EXPECT_EQ(log_.strings()[StringId{end.a}], "ValueError");
}

TEST_F(RunTest, of_a_program_that_waits_for_ever_is_a_deadlock) {
    const Event end = run(program_of([](loop::EventLoop& loop, const Arguments&) {
        return future_of(create_task(loop, wait_for_ever(loop)));
    }));
    EXPECT_EQ(end.tag<Ending>(), Ending::deadlock);
}

TEST_F(RunTest, of_a_program_that_is_cancelled_says_so) {
    const Event end = run(program_of([](loop::EventLoop& loop, const Arguments&) {
        const auto task = create_task(loop, say("never"));
        task.cancel();
        return future_of(task);
    }));
    EXPECT_EQ(end.tag<Ending>(), Ending::cancelled);
    EXPECT_EQ(trace::output_of(log_), "");
}

TEST_F(RunTest, of_a_program_that_is_done_before_it_starts_is_ok) {
    const Event end = run(program_of([](loop::EventLoop& loop, const Arguments&) {
        return future_of(gather(loop, std::vector<Coro<>>()));
    }));
    EXPECT_EQ(end.tag<Ending>(), Ending::ok);
}

TEST_F(RunTest, ends_with_the_iteration_after_the_one_in_which_the_program_is_done) {
    // run_until_complete stops in a done-callback: what was ready before it still runs, what that makes ready
    // does not (R7).
    run(program_of([](loop::EventLoop& loop, const Arguments&) {
        return future_of(create_task(loop, say_and_leave_others_behind()));
    }));
    EXPECT_EQ(trace::output_of(log_), "main ") << text_of(log_);
    EXPECT_EQ(trace::all_of_kind(log_, trace::Kind::stop).size(), 1u);
    EXPECT_EQ(log_[trace::all_of_kind(log_, trace::Kind::iteration).back()].subject, 2u);
}

TEST_F(RunTest, shows_its_loop_and_its_storages_between_handles) {
    const Program program = program_of([](loop::EventLoop& loop, const Arguments&) {
        return future_of(create_task(loop, sleep_then_say(2s, "x")));
    });
    scenario::Run run(program, Arguments::create(all_parameters(program), {}).value(), Storage::global, log_);
    EXPECT_EQ(run.loop().ready().size(), 1u);
    run.advance();
    EXPECT_EQ(run.loop().ready().size(), 0u);
    EXPECT_FALSE(run.loop().timers().empty());
    run.select(Storage::contextvar);
    EXPECT_EQ(run.storage(), Storage::contextvar);
    EXPECT_EQ(log_[log_.end_index() - 1].tag<Storage>(), Storage::contextvar);
}

TEST_F(RunTest, charges_the_step_cost_that_was_set) {
    const Program program = program_of(
        [](loop::EventLoop& loop, const Arguments&) { return future_of(create_task(loop, say("x"))); });
    const std::vector<Setting> settings{{"step-cost", "10ms"}};
    scenario::Run run(program, Arguments::create(all_parameters(program), settings).value(), Storage::global,
                      log_);
    run.advance();
    EXPECT_EQ(run.loop().time(), 10ms);
    run.advance();
    EXPECT_EQ(run.loop().time(), 20ms);
}

}  // namespace
}  // namespace loopscope::scenario
