// Loops of several threads that reach each other by call_soon_threadsafe.

#include <gtest/gtest.h>

#include "core/scenario/run.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"
#include "core/trace/transitions.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::scenario {
namespace {

using namespace std::chrono_literals;
using task::Coro;

const task::Variable said("symbol", ".");

/// What the two threads of the program share.
struct Shared {
    loop::EventLoop* main = nullptr;
    std::optional<task::Future<>> asked;
};
Shared shared;

Coro<> waits() {
    said.set("m");
    shared.asked = task::create_future();
    co_await *shared.asked;
    task::print(said.get());
    shared.asked.reset();
}

Coro<> answers() {
    said.set("w");
    co_await task::sleep(1s);
    task::call_soon_threadsafe(*shared.main, [] {
        task::print(said.get());
        shared.asked->set_result();
    });
    task::print("!");
}

AnyFuture start_waiting(loop::EventLoop& loop, const Arguments& /*arguments*/) {
    shared.main = &loop;
    return future_of(create_task(loop, waits()));
}
AnyFuture start_answering(loop::EventLoop& loop, const Arguments& /*arguments*/) {
    return future_of(create_task(loop, answers()));
}

TEST(Threadsafe, wakes_the_loop_of_another_thread_with_the_context_of_who_calls) {
    constexpr ThreadStart others[] = {{"worker", start_answering}};
    Program program;
    program.name = "asks";
    program.start = start_waiting;
    program.other_threads = others;
    trace::Log log;
    scenario::Run run(program, Arguments::create(all_parameters(program), {}).value(),
                      trace::Storage::contextvar, log);
    while (run.advance()) {
    }
    EXPECT_EQ(trace::output_of(log), "!wm");
    const auto checked = trace::check(log);
    EXPECT_TRUE(checked) << checked.error().message;
}

}  // namespace
}  // namespace loopscope::scenario
