// In which iteration tasks, futures and timers go on. The lines are CPython 3.13's.

#include "tests/core/task/hops.hpp"

#include "core/task/async_generator.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;

TEST_F(HopsTest, create_task_first_step) {
    const auto child = [&]() -> Coro<> {
        hop("child step");
        co_return;
    };
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(child());
        hop("create_task");
        co_await task;
        hop("parent after await");
    };
    EXPECT_EQ(hops_of(main()), "0:create_task; 1:child step; 2:parent after await;");
}

TEST_F(HopsTest, await_coro_directly) {
    const auto callee = [&]() -> Coro<> {
        hop("callee");
        co_return;
    };
    const auto main = [&]() -> Coro<> {
        hop("call");
        co_await callee();
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:call; 0:callee; 0:after;");
}

TEST_F(HopsTest, sleep0) {
    const auto main = [&]() -> Coro<> {
        hop("sleep0");
        co_await yield();
        hop("resumed");
    };
    EXPECT_EQ(hops_of(main()), "0:sleep0; 1:resumed;");
}

TEST_F(HopsTest, sleep0_vs_future) {
    const auto a = [&]() -> Coro<> {
        hop("a sleep0");
        co_await yield();
        hop("a resumed");
    };
    const auto b = [&]() -> Coro<> {
        const Future<> future = create_future();
        call_soon([=] { future.set_result(); });
        hop("b await fut(call_soon set)");
        co_await future;
        hop("b resumed");
    };
    create_task(loop, a());
    EXPECT_EQ(hops_of(b()), "0:a sleep0; 0:b await fut(call_soon set); 1:a resumed; 2:b resumed;");
}

TEST_F(HopsTest, future_set_result_now) {
    const Future<> future(Ref(new FutureState<void>(loop)));
    const auto waiter = [&]() -> Coro<> {
        hop("await f");
        co_await future;
        hop("woken");
    };
    const auto setter = [&]() -> Coro<> {
        hop("set_result");
        future.set_result();
        hop("setter continues");
        co_return;
    };
    create_task(loop, waiter());
    EXPECT_EQ(hops_of(setter()), "0:await f; 0:set_result; 0:setter continues; 1:woken;");
}

TEST_F(HopsTest, await_done_future) {
    const auto main = [&]() -> Coro<> {
        const Future<> future = create_future();
        future.set_result();
        hop("await done fut");
        co_await future;
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:await done fut; 0:after;");
}

TEST_F(HopsTest, add_done_callback_done) {
    const auto main = [&]() -> Coro<> {
        const Future<> future = create_future();
        future.set_result();
        hop("add cb");
        future.add_done_callback([&](const Future<>& done) {
            EXPECT_TRUE(done.done());
            hop("cb");
        });
        co_return;
    };
    EXPECT_EQ(hops_of(main()), "0:add cb; 1:cb;");
}

TEST_F(HopsTest, timer_sleep) {
    const auto main = [&]() -> Coro<> {
        hop("sleep(1)");
        co_await task::sleep(1s);
        hop("resumed");
    };
    EXPECT_EQ(hops_of(main()), "0:sleep(1); 2:resumed;");
}

TEST_F(HopsTest, call_later_cb) {
    const auto main = [&]() -> Coro<> {
        hop("call_later 1");
        call_later(1s, [&] { hop("timer cb"); });
        co_return;
    };
    EXPECT_EQ(hops_of(main()), "0:call_later 1; 1:timer cb;");
}

TEST_F(HopsTest, run_until_complete_stop) {
    const auto main = [&]() -> Coro<> {
        hop("main returns");
        call_soon([&] { hop("cb scheduled by main: runs"); });
        call_soon([&] {
            hop("1st-level cb");
            call_soon([&] { hop("never runs"); });
        });
        co_return;
    };
    create_task(loop, main()).add_done_callback([&] { loop.stop(); });
    EXPECT_EQ(loop.run(), loop::Progress::stopped);
    EXPECT_EQ(hops_, "0:main returns; 1:cb scheduled by main: runs; 1:1st-level cb;");
}

TEST_F(HopsTest, agen_finalizer) {
    loop::Steppable* main_task = nullptr;
    const auto values = [&]() -> AsyncGenerator<int> {
        try {
            for (int value = 0;; ++value) co_yield value;
        } catch (const GeneratorExit&) {
            hop(loop.current() == main_task ? "agen finally in task main" : "agen finally in task other");
            throw;
        }
    };
    const auto main = [&]() -> Coro<> {
        main_task = loop.current();
        {
            AsyncGenerator<int> generator = values();
            while (co_await generator.next()) {
                hop("break");
                break;
            }
        }
        hop("after loop");
        for (int count = 0; count < 3; ++count) co_await yield();
        hop("end");
    };
    EXPECT_EQ(hops_of(main()), "0:break; 0:after loop; 2:agen finally in task other; 3:end;");
}

}  // namespace
}  // namespace loopscope::task
