// The end of asyncio.run, and Runner with its one context. CPython 3.13 does the same (tests/conformance:
// "closes").

#include "core/task/runner.hpp"

#include "core/task/async_generator.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;
using task::sleep;
using testing::ElementsAre;
using testing::IsEmpty;

class RunnerTest : public LoopFixture {
  protected:
    /// Sleeps for long; when it is cancelled, notes that and does a little more.
    Coro<> sleeper(std::string name) {
        try {
            co_await sleep(1h);
        } catch (const CancelledError&) {
            note(name);
        }
        co_await sleep(0);
        note(name + " ends");
    }
    AsyncGenerator<int> endless(std::string name) {
        std::exception_ptr error;
        try {
            for (;;) co_yield 1;
        } catch (...) {
            error = std::current_exception();
        }
        co_await sleep(0);
        note(name + " closed");
        std::rethrow_exception(error);
    }

    const Variable symbol_{"symbol", "."};
};

TEST_F(RunnerTest, cancels_what_is_left_and_runs_it_to_its_end) {
    const auto main = [&]() -> Coro<int> {
        create_task(sleeper("a"));
        create_task(sleeper("b"));
        co_await sleep(1s);
        co_return 7;
    };
    EXPECT_EQ(task::run(loop, main()), 7);
    EXPECT_EQ(loop.time(), Time(1s));
    EXPECT_TRUE(loop.unfinished().empty());
    ASSERT_EQ(notes.size(), 4u);
    EXPECT_THAT(notes, ElementsAre("5:a", "5:b", "6:a ends", "6:b ends"));
}

TEST_F(RunnerTest, closes_generators_that_are_still_held) {
    AsyncGenerator<int> first = endless("first");
    AsyncGenerator<int> second = endless("second");
    AsyncGenerator<int> never_begun = endless("never begun");
    const auto main = [&]() -> Coro<> {
        co_await second.next();
        co_await first.next();
    };
    task::run(loop, main());
    ASSERT_EQ(notes.size(), 2u);
    EXPECT_THAT(notes[0], testing::EndsWith("second closed")) << "in the order in which they were begun";
    EXPECT_THAT(notes[1], testing::EndsWith("first closed"));
}

TEST_F(RunnerTest, tells_the_exception_handler_of_what_its_end_raises) {
    std::vector<std::string> told;
    loop.set_exception_handler([&](const loop::Unhandled& unhandled) {
        const bool shutdown = unhandled.kind == loop::Unhandled::Kind::shutdown;
        told.push_back((shutdown ? "task " : "generator ") + exception_text(unhandled.exception));
    });
    const auto failing = []() -> AsyncGenerator<int> {
        try {
            co_yield 1;
        } catch (const GeneratorExit&) {
            throw ValueError("generator");
        }
    };
    AsyncGenerator<int> generator = failing();
    const auto main = [&]() -> Coro<> {
        create_task([]() -> Coro<> {
            try {
                co_await sleep(1h);
            } catch (const CancelledError&) {
                throw ValueError("task");
            }
        }());
        co_await generator.next();
    };
    task::run(loop, main());
    EXPECT_THAT(told, ElementsAre("task ValueError: task", "generator ValueError: generator"));
}

TEST_F(RunnerTest, runs_all_its_coroutines_in_one_context) {
    storages.select(trace::Storage::contextvar);
    std::string seen;
    const auto main = [&]() -> Coro<> {
        seen += log.strings()[symbol_.get().text];
        symbol_.set("a");
        co_return;
    };
    Runner runner(loop);
    runner.run(main());
    runner.run(main());
    const loop::EventLoop::Around around(loop);
    runner.run(main(), {.context = copy_context()});
    EXPECT_EQ(seen, ".a.");
    EXPECT_EQ(log.strings()[symbol_.get_in(runner.context()).text], "a");
    runner.close();
    EXPECT_THROW(runner.run(main()), RuntimeError) << "it is closed";
}

TEST_F(RunnerTest, passes_on_what_main_ends_with_and_closes_all_the_same) {
    const auto main = [&]() -> Coro<> {
        create_task(sleeper("left"));
        co_await sleep(0);
        throw ValueError("main");
    };
    EXPECT_THROW(task::run(loop, main()), ValueError);
    EXPECT_EQ(notes.size(), 2u);
}

TEST_F(RunnerTest, refuses_to_run_inside_a_loop_and_says_if_nothing_will_wake_main) {
    const auto main = [&]() -> Coro<> {
        Runner inner(loop);
        EXPECT_THROW(inner.run([]() -> Coro<> { co_return; }()), RuntimeError);
        co_await create_future();
    };
    Runner runner(loop);
    EXPECT_THROW(runner.run(main()), RuntimeError);
}

}  // namespace
}  // namespace loopscope::task
