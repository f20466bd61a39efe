// In which iteration a cancellation arrives. The lines are CPython 3.13's.

#include "tests/core/task/hops.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;

class CancelHopsTest : public HopsTest {
  protected:
    /// Notes that it begins, waits, and notes that it was cancelled.
    template <class Awaitable>
    Coro<> child(Awaitable awaitable, std::string_view begins,
                 std::string_view cancelled = "child CancelledError") {
        hop(begins);
        try {
            co_await awaitable;
        } catch (const CancelledError&) {
            hop(cancelled);
            throw;
        }
    }
    Coro<> sleeper(Duration delay, std::string_view begins) {
        hop(begins);
        try {
            co_await task::sleep(delay);
        } catch (const CancelledError&) {
            hop("child CancelledError");
            throw;
        }
    }
    Coro<> cancels_itself(Duration delay, std::string_view then) {
        hop(then);
        current_task().request_cancel({});
        try {
            co_await task::sleep(delay);
        } catch (const CancelledError&) {
            hop(delay > 0s ? "CancelledError at next await" : "CancelledError");
            throw;
        }
    }
    /// Makes a task of a coroutine, which is number 0's first, and goes on in the same iteration.
    Coro<Task<>> start(Coro<> coroutine) {
        const Task<> task = create_task(std::move(coroutine));
        begin_next();
        co_await yield();
        co_return task;
    }
};

TEST_F(CancelHopsTest, cancel_waiting_on_future) {
    const auto main = [&]() -> Coro<> {
        const Future<> future = create_future();
        const Task<> task = co_await start(child(future, "child waits"));
        hop("cancel()");
        task.cancel();
        hop(fmt::format("fut cancelled={} must_cancel={}", future.cancelled(),
                        bool{task.core().must_cancel}));
        co_await see_cancel(task, "parent sees cancel");
    };
    EXPECT_EQ(hops_of(main()),
              "0:child waits; 0:cancel(); 0:fut cancelled=true must_cancel=false; 1:child CancelledError; "
              "2:parent sees cancel;");
}

TEST_F(CancelHopsTest, cancel_waiting_on_sleep) {
    const auto main = [&]() -> Coro<> {
        const Task<> task = co_await start(sleeper(1s, "child sleep"));
        hop("cancel()");
        task.cancel();
        co_await see_cancel(task, "parent sees cancel");
    };
    EXPECT_EQ(hops_of(main()), "0:child sleep; 0:cancel(); 1:child CancelledError; 2:parent sees cancel;");
}

TEST_F(CancelHopsTest, cancel_before_first_step) {
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(sleeper(1s, "never runs"));
        hop("cancel()");
        task.cancel();
        hop(fmt::format("must_cancel={}", bool{task.core().must_cancel}));
        co_await see_cancel(task, "parent sees cancel");
    };
    EXPECT_EQ(hops_of(main()), "0:cancel(); 0:must_cancel=true; 2:parent sees cancel;");
}

TEST_F(CancelHopsTest, cancel_in_bare_yield) {
    const auto main = [&]() -> Coro<> {
        const Task<> task = co_await start(sleeper(0s, "child sleep0"));
        hop("cancel()");
        task.cancel();
        co_await see_cancel(task, "parent sees cancel");
    };
    EXPECT_EQ(hops_of(main()), "0:child sleep0; 0:cancel(); 1:child CancelledError; 2:parent sees cancel;");
}

TEST_F(CancelHopsTest, cancel_nested_task_await) {
    const auto outer = [&](Task<> inner) -> Coro<> {
        try {
            co_await inner;
        } catch (const CancelledError&) {
            hop("outer Cancelled");
            throw;
        }
    };
    const auto main = [&]() -> Coro<> {
        const Future<> future = create_future();
        const Task<> inner = create_task(child(future, "", "inner Cancelled"));
        const Task<> task = create_task(outer(inner));
        co_await yield();
        begin_here();
        hop("cancel outer");
        task.cancel();
        co_await see_cancel(task, "main sees cancel");
    };
    EXPECT_EQ(hops_of(main()), "0:cancel outer; 1:inner Cancelled; 2:outer Cancelled; 3:main sees cancel;");
}

TEST_F(CancelHopsTest, cancel_after_future_done_same_iter) {
    const auto main = [&]() -> Coro<> {
        const Future<> future = create_future();
        const Task<> task = create_task(child(future, "", "child Cancelled although fut done"));
        co_await yield();
        begin_here();
        hop("set_result then cancel()");
        future.set_result();
        task.cancel();
        hop(fmt::format("must_cancel={}", bool{task.core().must_cancel}));
        co_await see_cancel(task, "parent sees cancel");
    };
    EXPECT_EQ(hops_of(main()),
              "0:set_result then cancel(); 0:must_cancel=true; 1:child Cancelled although fut done; 2:parent "
              "sees cancel;");
}

TEST_F(CancelHopsTest, self_cancel) {
    const auto main = [&]() -> Coro<> {
        const Task<> task = co_await start(cancels_itself(1s, "self.cancel(); still running"));
        co_await see_cancel(task, "parent");
    };
    EXPECT_EQ(hops_of(main()), "0:self.cancel(); still running; 1:CancelledError at next await; 2:parent;");
}

TEST_F(CancelHopsTest, self_cancel_then_sleep0) {
    const auto main = [&]() -> Coro<> {
        const Task<> task = co_await start(cancels_itself(0s, "self.cancel()"));
        co_await see_cancel(task, "parent");
    };
    EXPECT_EQ(hops_of(main()), "0:self.cancel(); 1:CancelledError; 2:parent;");
}

TEST_F(CancelHopsTest, self_cancel_then_return) {
    const auto returns = [&]() -> Coro<> {
        current_task().request_cancel({});
        hop("return after self cancel");
        co_return;
    };
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(returns());
        begin_next();
        co_await see_cancel(task, "parent Cancelled");
    };
    EXPECT_EQ(hops_of(main()), "0:return after self cancel; 1:parent Cancelled;");
}

TEST_F(CancelHopsTest, cancel_twice_uncancel) {
    const auto stubborn = [&]() -> Coro<> {
        try {
            co_await create_future();
        } catch (const CancelledError&) {
            hop(fmt::format("caught cancelling={}", current_task().cancelling()));
        }
        hop(fmt::format("after uncancel={}", current_task().uncancel()));
        for (int round = 0; round < 2; ++round) {
            co_await task::sleep(1s);
            hop("slept");
        }
    };
    const auto main = [&]() -> Coro<> {
        const Task<> task = co_await start(stubborn());
        hop("2 cancels");
        task.cancel();
        task.cancel();
        co_await task;
        hop(fmt::format("cancelled={}", task.cancelled()));
    };
    EXPECT_EQ(hops_of(main()),
              "0:2 cancels; 1:caught cancelling=2; 1:after uncancel=1; 3:slept; 5:slept; 6:cancelled=false;");
}

TEST_F(CancelHopsTest, uncancel_clears_must_cancel) {
    const auto yielder = [&]() -> Coro<> {
        co_await yield();
        hop("no CancelledError");
    };
    const auto main = [&]() -> Coro<> {
        const Task<> task = co_await start(yielder());
        hop("cancel+uncancel");
        task.cancel();
        task.uncancel();
        co_await task;
    };
    EXPECT_EQ(hops_of(main()), "0:cancel+uncancel; 1:no CancelledError;");
}

}  // namespace
}  // namespace loopscope::task
