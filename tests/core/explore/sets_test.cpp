// The orders of what asyncio keeps in sets, as a freedom of programs of Loopscope's.

#include <algorithm>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/explore/chooser.hpp"
#include "core/explore/native_runner.hpp"
#include "core/scenario/run.hpp"
#include "core/task/as_completed.hpp"
#include "core/task/async_generator.hpp"
#include "core/task/sleep.hpp"
#include "core/task/task_group.hpp"
#include "core/task/variable.hpp"
#include "core/task/wait.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::explore {
namespace {

using namespace task;
using task::sleep;
using namespace std::chrono_literals;

constexpr loop::Freedoms only_sets{.ties = false, .sets = true};

Coro<> tell_when_cancelled(std::string name) {
    try {
        co_await sleep(1h);
    } catch (const CancelledError&) {
        print(name);
    }
}

Coro<> cancelled_in_a_group() {
    const auto body = [](TaskGroup& group) -> Coro<> {
        for (const char* const name : {"a", "b", "c"}) group.create_task(tell_when_cancelled(name));
        co_await sleep(1s);
        throw ValueError("no luck");
    };
    try {
        co_await task_group(body);
    } catch (const Exception&) {
        print(".");
    }
}

Coro<> nothing() {
    co_return;
}

/// Returns three tasks that are done, by name.
Coro<std::vector<Task<>>> three_done() {
    std::vector<Task<>> tasks;
    for (const char* const name : {"a", "b", "c"}) tasks.push_back(create_task(nothing(), {.name = name}));
    co_await sleep(1s);
    co_return tasks;
}

Coro<> waited_for() {
    const std::vector<Task<>> tasks = co_await three_done();
    const Waited<Task<>> waited = co_await task::wait(tasks);
    for (const Task<>& each : waited.done) print(each.get_name());
}

Coro<> completed() {
    const std::vector<Task<>> tasks = co_await three_done();
    const AsCompleted<Task<>> all = as_completed(tasks);
    while (const std::optional<Task<>> next = co_await all.next()) print(next->get_name());
}

Coro<> listed() {
    create_task(tell_when_cancelled("b"), {.name = "b"});
    create_task(tell_when_cancelled("c"), {.name = "c"});
    current_task().set_name("a");
    for (const AnyTask& each : all_tasks()) print(each.get_name());
    co_return;
}

AsyncGenerator<int> tell_when_closed(std::string name) {
    try {
        co_yield 1;
    } catch (const GeneratorExit&) {
        print(name);
        throw;
    }
}

Coro<> closed() {
    AsyncGenerator<int> generators[] = {tell_when_closed("a"), tell_when_closed("b"), tell_when_closed("c")};
    for (AsyncGenerator<int>& each : generators) co_await each.next();
    co_await shutdown_asyncgens();
}

template <Coro<> (*main)()>
scenario::AnyFuture start(loop::EventLoop& loop, const scenario::Arguments& /*arguments*/) {
    return scenario::future_of(create_task(loop, main()));
}

scenario::Program program_of(scenario::Start start) {
    scenario::Program program;
    program.name = "sets";
    program.start = start;
    return program;
}

Report every_schedule(const scenario::Program& program, const loop::Freedoms& freedoms) {
    const Subject subject{&program,
                          scenario::Arguments::create(scenario::all_parameters(program), {}).value(),
                          trace::Storage::contextvar};
    return explore(subject, {freedoms, 1, 1000, true});
}

/// Expects that a program prints "abc" in each of its six orders, followed by `rest`, and one of them as the
/// loop goes by itself.
void expect_every_order(scenario::Start start, const std::string& rest = {}) {
    const scenario::Program program = program_of(start);
    const Report report = every_schedule(program, only_sets);
    EXPECT_TRUE(report.complete);
    std::set<std::string> found;
    for (const Outcome& outcome : report.outcomes) {
        EXPECT_TRUE(outcome.possible) << outcome.output;
        found.insert(outcome.output);
    }
    std::set<std::string> orders;
    std::string names = "abc";
    do orders.insert(names + rest);
    while (std::ranges::next_permutation(names).found);
    EXPECT_EQ(found, orders);

    const Report ordinary = every_schedule(program, {});
    EXPECT_EQ(ordinary.schedules, 1u);
    ASSERT_EQ(ordinary.outcomes.size(), 1u);
    EXPECT_EQ(ordinary.outcomes.front().output, "abc" + rest);
}

TEST(Sets, have_a_group_cancel_its_children_in_any_order) {
    expect_every_order(start<cancelled_in_a_group>, ".");
}

TEST(Sets, have_wait_return_what_is_done_in_any_order) {
    expect_every_order(start<waited_for>);
}

TEST(Sets, have_as_completed_begin_with_what_is_done_in_any_order) {
    expect_every_order(start<completed>);
}

TEST(Sets, have_all_tasks_in_any_order) {
    expect_every_order(start<listed>);
}

TEST(Sets, have_generators_closed_in_any_order) {
    expect_every_order(start<closed>);
}

TEST(Sets, are_run_again_by_the_schedule_that_names_them) {
    const scenario::Program program = program_of(start<waited_for>);
    for (const Outcome& outcome : every_schedule(program, only_sets).outcomes) {
        const auto again = parse_schedule(text_of(outcome.example));
        ASSERT_TRUE(again) << text_of(outcome.example);
        trace::Log log;
        Chooser chooser(*again);
        scenario::Run run(program, scenario::Arguments::create(scenario::all_parameters(program), {}).value(),
                          trace::Storage::contextvar, log, &chooser);
        while (run.advance()) continue;
        EXPECT_EQ(trace::output_of(log), outcome.output);
    }
}

}  // namespace
}  // namespace loopscope::explore
