// What people write who know asyncio, and which has to work at the first try.

#include "core/task/as_completed.hpp"
#include "core/task/exception_group.hpp"
#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/task_group.hpp"
#include "core/task/timeout.hpp"
#include "core/task/variable.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;
using task::sleep;

class FirstTries : public LoopFixture {
  protected:
    static Coro<int> fetch(int page) {
        co_await sleep(page * 1ms);
        co_return page;
    }
    static Coro<> fail() {
        co_await sleep(1ms);
        throw KeyError("gone");
    }
};

TEST_F(FirstTries, await_a_coroutine_that_a_variable_has) {
    const auto main = [&]() -> Coro<> {
        Coro<int> one = fetch(1);
        EXPECT_EQ(co_await one, 1);
        bool refused = false;
        try {
            co_await one;
        } catch (const RuntimeError& error) {
            refused = error.what() == std::string("cannot reuse already awaited coroutine");
        }
        EXPECT_TRUE(refused) << "as in Python";
        std::vector<Task<int>> tasks;
        for (const int page : {3, 2}) tasks.push_back(create_task(fetch(page)));
        std::vector<int> pages;
        for (auto next : as_completed(tasks)) pages.push_back(co_await next);
        EXPECT_EQ(pages, (std::vector{2, 3}));
        Coro<> failing = fail();
        bool failed = false;
        try {
            co_await failing;
        } catch (const KeyError&) {
            failed = true;
        }
        EXPECT_TRUE(failed);
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(FirstTries, cancel_what_awaits_a_coroutine_that_a_variable_has) {
    const auto waits = [&]() -> Coro<> {
        Coro<int> one = fetch(1000);
        co_await one;
    };
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(waits());
        co_await sleep(1ms);
        task.cancel();
        co_await sleep(1ms);
        EXPECT_TRUE(task.cancelled());
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(FirstTries, give_timeout_a_body_that_does_not_look_at_it) {
    const auto main = [&]() -> Coro<> {
        const int page = co_await timeout(1s, [&]() -> Coro<int> { co_return co_await fetch(2); });
        EXPECT_EQ(page, 2);
        const Time soon = loop.time() + 1ms;
        bool late = false;
        try {
            co_await timeout_at(soon, []() -> Coro<> { co_await sleep(1s); });
        } catch (const TimeoutError&) {
            late = true;
        }
        EXPECT_TRUE(late);
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(FirstTries, give_a_group_a_body_that_awaits_nothing) {
    int done = 0;
    const auto child = [&](int page) -> Coro<> { done += co_await fetch(page); };
    const auto main = [&]() -> Coro<> {
        co_await task_group([&](TaskGroup& group) {
            for (const int page : {1, 2}) group.create_task(child(page));
        });
        EXPECT_EQ(done, 3);
        bool failed = false;
        try {
            co_await task_group([&](TaskGroup& group) {
                group.create_task(fetch(5));
                throw ValueError("body");
            });
        } catch (const ExceptionGroup&) {
            failed = true;
        }
        EXPECT_TRUE(failed);
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(FirstTries, compare_what_a_variable_has_and_set_it_to_a_number) {
    const Variable symbol("symbol", ".");
    const auto main = [&]() -> Coro<> {
        EXPECT_TRUE(symbol.get() == ".");
        const int attempt = 3;
        symbol.set(attempt);
        EXPECT_TRUE(symbol.get() == "3");
        EXPECT_FALSE(symbol.get() == ".");
        print(symbol.get());
        co_return;
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(trace::output_of(log), "3");
}

}  // namespace
}  // namespace loopscope::task
