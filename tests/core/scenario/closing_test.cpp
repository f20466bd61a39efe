// Programs whose loops end as asyncio.run ends them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/run.hpp"
#include "core/task/async_generator.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"
#include "core/trace/text.hpp"
#include "core/trace/transitions.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;
using testing::ElementsAre;

Coro<> left_over() {
    try {
        co_await sleep(std::chrono::hours(1));
    } catch (const CancelledError&) {
        print("c");
    }
    co_await sleep(Duration::zero());
    print("e");
    throw ValueError("at the end");
}

Coro<> leaving() {
    create_task(left_over());
    co_await sleep(std::chrono::seconds(1));
    print("m");
}

AnyFuture start(loop::EventLoop& loop, const Arguments& /*arguments*/) {
    return future_of(create_task(loop, leaving()));
}

Program program_of(bool closes_loops, std::span<const ThreadStart> other_threads = {}) {
    Program program;
    program.name = "leaving";
    program.start = start;
    program.other_threads = other_threads;
    program.closes_loops = closes_loops;
    return program;
}

/// Runs a program to its end, handle by handle. Returns its output, and its failures in `failures`.
std::string output_of(const Program& program, std::vector<Failure>* failures = nullptr) {
    trace::Log log;
    scenario::Run run(program, Arguments::create(all_parameters(program), {}).value(), trace::Storage::global,
                      log);
    while (run.advance()) continue;
    const auto checked = trace::check(log);
    EXPECT_TRUE(checked) << checked.error().message;
    EXPECT_EQ(log[log.end_index() - 1].tag<trace::Ending>(), trace::Ending::ok);
    if (failures) *failures = run.failures().noted;
    return trace::output_of(log);
}

TEST(Closing, runs_what_is_left_to_its_end_only_where_the_program_says_so) {
    EXPECT_EQ(output_of(program_of(false)), "m");
    std::vector<Failure> failures;
    EXPECT_EQ(output_of(program_of(true), &failures), "mce");
    EXPECT_THAT(failures,
                ElementsAre(Failure{Failure::Kind::shutdown, TaskId{2}, {}, "ValueError: at the end"}));
}

TEST(Closing, closes_the_loop_of_each_thread_on_that_thread) {
    static constexpr ThreadStart others[] = {{"worker", start}};
    EXPECT_EQ(output_of(program_of(true, others)).size(), 6u);
}

TEST(Closing, ends_where_tasks_wait_for_each_other_in_a_circle) {
    static constexpr auto circle = [](loop::EventLoop& loop, const Arguments& /*arguments*/) {
        const auto main = []() -> Coro<> {
            struct Pair {
                std::optional<Task<>> other;
            };
            const auto wait = [](std::shared_ptr<Pair> pair) -> Coro<> {
                co_await sleep(Duration::zero());
                co_await *pair->other;
            };
            const auto one = std::make_shared<Pair>();
            const auto two = std::make_shared<Pair>();
            one->other = create_task(wait(two));
            two->other = create_task(wait(one));
            co_await sleep(Duration::zero());
            co_await sleep(Duration::zero());
        };
        return future_of(create_task(loop, main()));
    };
    Program program = program_of(true);
    program.start = circle;
    trace::Log log;
    scenario::Run run(program, Arguments::create(all_parameters(program), {}).value(), trace::Storage::global,
                      log);
    while (run.advance()) continue;
    EXPECT_TRUE(run.over()) << "it is no crash: the tasks cannot be cancelled, and asyncio.run dies of that";
}

}  // namespace
}  // namespace loopscope::scenario
