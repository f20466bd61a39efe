// In which iteration those who wait for several tasks, or not for ever, go on. The lines are CPython 3.13's.

#include "core/task/exception_group.hpp"
#include "core/task/gather.hpp"
#include "core/task/shield.hpp"
#include "core/task/task_group.hpp"
#include "core/task/wait.hpp"
#include "core/task/wait_for.hpp"
#include "tests/core/task/hops.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;

class HelperHopsTest : public HopsTest {
  protected:
    Coro<> step(std::string_view what) {
        hop(what);
        co_return;
    }
    Coro<> sleep_long(std::string_view cancelled) {
        try {
            co_await task::sleep(100s);
        } catch (const CancelledError&) {
            hop(cancelled);
            throw;
        }
    }
    Coro<> nap(Duration delay, std::string_view what) {
        co_await task::sleep(delay);
        hop(what);
    }
    Coro<> fail_after(Duration delay) {
        co_await task::sleep(delay);
        begin_here();
        hop("bad raises");
        throw ValueError("bad");
    }
};

TEST_F(HelperHopsTest, gather_two) {
    const auto main = [&]() -> Coro<> {
        hop("gather");
        co_await gather(step("child 1"), step("child 2"));
        hop("after gather");
    };
    EXPECT_EQ(hops_of(main()), "0:gather; 1:child 1; 1:child 2; 3:after gather;");
}

TEST_F(HelperHopsTest, gather_futures_already_done) {
    const auto main = [&]() -> Coro<> {
        const Future<> first = create_future();
        const Future<> second = create_future();
        first.set_result();
        second.set_result();
        hop("gather(done)");
        const std::vector<Ref<FutureCore>> done{Ref<FutureCore>(&first.core()),
                                                Ref<FutureCore>(&second.core())};
        co_await gather(loop, done);
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:gather(done); 0:after;");
}

TEST_F(HelperHopsTest, gather_empty) {
    const auto main = [&]() -> Coro<> {
        hop("gather()");
        co_await gather(std::vector<Task<>>());
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:gather(); 0:after;");
}

TEST_F(HelperHopsTest, gather_exc) {
    const auto main = [&]() -> Coro<> {
        try {
            co_await gather(fail_after(1s), nap(2s, "ok finished"));
        } catch (const ValueError&) {
            hop("caller sees ValueError");
        }
    };
    EXPECT_EQ(hops_of(main()), "0:bad raises; 2:caller sees ValueError; 4:ok finished;");
}

TEST_F(HelperHopsTest, gather_cancel) {
    const auto gatherer = [&]() -> Coro<> {
        try {
            co_await gather(sleep_long("child 1 cancelled"), sleep_long("child 2 cancelled"));
        } catch (const CancelledError&) {
            hop("gatherer cancelled");
            throw;
        }
    };
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(gatherer());
        co_await yield();
        co_await yield();
        begin_here();
        hop("cancel");
        task.cancel();
        co_await see_cancel(task, "main");
    };
    EXPECT_EQ(hops_of(main()),
              "0:cancel; 1:child 1 cancelled; 1:child 2 cancelled; 3:gatherer cancelled; 4:main;");
}

TEST_F(HelperHopsTest, wait_all) {
    const auto main = [&]() -> Coro<> {
        hop("wait");
        std::vector<Task<>> tasks;
        tasks.push_back(create_task(step("child 1")));
        tasks.push_back(create_task(step("child 2")));
        const Waited<Task<>> waited = co_await task::wait(tasks);
        hop("after wait");
        EXPECT_EQ(waited.done.size(), 2u);
        EXPECT_TRUE(waited.pending.empty());
    };
    EXPECT_EQ(hops_of(main()), "0:wait; 1:child 1; 1:child 2; 3:after wait;");
}

TEST_F(HelperHopsTest, wait_for_ok) {
    const auto main = [&]() -> Coro<> {
        const loop::Steppable* const outside = loop.current();
        const auto child = [&]() -> Coro<int> {
            hop(loop.current() == outside ? "child in SAME task" : "child in OTHER task");
            co_return 7;
        };
        hop("wait_for");
        EXPECT_EQ(co_await task::wait_for(child(), 1s), 7);
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:wait_for; 0:child in SAME task; 0:after;");
}

TEST_F(HelperHopsTest, wait_for_timeout) {
    const auto main = [&]() -> Coro<> {
        hop("wait_for");
        call_later(1s, [&] { hop("(marker timer t=1)"); });
        try {
            co_await task::wait_for(sleep_long("child Cancelled"), 1s);
        } catch (const TimeoutError&) {
            hop("TimeoutError");
        }
    };
    EXPECT_EQ(hops_of(main()), "0:wait_for; 1:(marker timer t=1); 2:child Cancelled; 2:TimeoutError;");
}

TEST_F(HelperHopsTest, wait_for_zero) {
    const auto main = [&]() -> Coro<> {
        hop("wait_for 0");
        try {
            co_await task::wait_for(step("never runs"), 0s);
        } catch (const TimeoutError&) {
            hop("TimeoutError");
        }
    };
    EXPECT_EQ(hops_of(main()), "0:wait_for 0; 3:TimeoutError;");
}

TEST_F(HelperHopsTest, shield_result) {
    const auto main = [&]() -> Coro<> {
        hop("shield");
        co_await shield(step("inner"));
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:shield; 1:inner; 3:after;");
}

TEST_F(HelperHopsTest, shield_cancel) {
    const auto outer = [&]() -> Coro<> {
        try {
            co_await shield(nap(1s, "inner finished"));
        } catch (const CancelledError&) {
            hop("outer Cancelled");
            throw;
        }
    };
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(outer());
        co_await yield();
        co_await yield();
        begin_here();
        hop("cancel");
        task.cancel();
        co_await see_cancel(task, "main");
    };
    EXPECT_EQ(hops_of(main()), "0:cancel; 1:outer Cancelled; 2:main; 4:inner finished;");
}

TEST_F(HelperHopsTest, timeout_ctx) {
    const auto body = [&](Timeout&) -> Coro<> {
        try {
            co_await task::sleep(100s);
        } catch (const CancelledError&) {
            hop(fmt::format("body Cancelled cancelling={}", current_task().cancelling()));
            throw;
        }
    };
    const auto main = [&]() -> Coro<> {
        hop("enter");
        call_later(1s, [&] { hop("(marker timer t=1)"); });
        try {
            co_await timeout(1s, body);
        } catch (const TimeoutError&) {
            hop(fmt::format("TimeoutError cancelling={}", current_task().cancelling()));
        }
    };
    EXPECT_EQ(hops_of(main()),
              "0:enter; 1:(marker timer t=1); 2:body Cancelled cancelling=1; 2:TimeoutError cancelling=0;");
}

TEST_F(HelperHopsTest, timeout_zero) {
    const auto body = [&]() -> Coro<> {
        hop("body 1");
        co_await yield();
        hop("never comes here");
    };
    const auto main = [&]() -> Coro<> {
        hop("enter");
        try {
            co_await timeout(0s, body());
        } catch (const TimeoutError&) {
            hop("TimeoutError");
        }
    };
    EXPECT_EQ(hops_of(main()), "0:enter; 0:body 1; 1:TimeoutError;");
}

TEST_F(HelperHopsTest, taskgroup_ok) {
    const auto body = [&](TaskGroup& group) -> Coro<> {
        hop("enter");
        group.create_task(step("child 1"));
        group.create_task(step("child 2"));
        hop("body end");
        co_return;
    };
    const auto main = [&]() -> Coro<> {
        co_await task_group(body);
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:enter; 0:body end; 1:child 1; 1:child 2; 3:after;");
}

TEST_F(HelperHopsTest, taskgroup_exc) {
    const auto body = [&](TaskGroup& group) -> Coro<> {
        group.create_task(sleep_long("ok cancelled"));
        group.create_task(fail_after(1s));
        co_await sleep_long("body cancelled");
    };
    const auto main = [&]() -> Coro<> {
        try {
            co_await task_group(body);
        } catch (const ExceptionGroup& group) {
            hop(fmt::format("ExceptionGroup cancelling={}", current_task().cancelling()));
            EXPECT_EQ(group.exceptions().size(), 1u);
        }
    };
    EXPECT_EQ(hops_of(main()),
              "0:bad raises; 2:ok cancelled; 2:body cancelled; 4:ExceptionGroup cancelling=0;");
}

}  // namespace
}  // namespace loopscope::task
