// A loop may be dropped at any moment, as when a user loads another program. Nothing may stay behind: run
// under ./dev sanitize.

#include <memory>
#include <optional>

#include <gtest/gtest.h>

#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/condition.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/sync/queue.hpp"
#include "core/task/sync/semaphore.hpp"
#include "core/task/task.hpp"
#include "core/trace/log.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;

/// A loop that can be dropped, and something that every coroutine holds: who holds it still is still there.
class TeardownTest : public testing::Test {
  protected:
    void run_iterations(int count) {
        for (int iteration = 0; iteration < count; ++iteration) loop_->run_iteration();
    }
    void drop() {
        loop_.reset();
        EXPECT_EQ(held_.use_count(), 1) << "nothing holds it after the loop has gone";
    }
    static Coro<> nap(Duration delay, std::shared_ptr<int> held) {
        const std::shared_ptr<int> held_inside = held;
        co_await sleep(delay);
    }
    template <class Awaitable>
    static Coro<> wait_for(Awaitable awaitable, std::shared_ptr<int> held) {
        const std::shared_ptr<int> held_inside = held;
        co_await awaitable;
    }
    static Coro<> nest(int depth, std::shared_ptr<int> held) {
        if (depth > 0)
            co_await nest(depth - 1, held);
        else
            co_await sleep(1s);
    }

    std::shared_ptr<int> held_ = std::make_shared<int>();
    trace::Log log_;
    context::Storages storages_;
    std::optional<loop::EventLoop> loop_{std::in_place, log_, storages_,
                                         loop::EventLoop::Options{Duration::zero()}};
};

TEST_F(TeardownTest, frees_tasks_that_never_began) {
    create_task(*loop_, nap(1s, held_));
    drop();
}

TEST_F(TeardownTest, frees_tasks_that_sleep) {
    for (const Duration delay : {0s, 1s, 2s}) create_task(*loop_, nap(delay, held_));
    run_iterations(1);
    drop();
}

TEST_F(TeardownTest, frees_tasks_whose_timer_has_come_due) {
    create_task(*loop_, nap(1s, held_));
    create_task(*loop_, nap(1s, held_));
    run_iterations(1);
    loop_->run_once();
    ASSERT_EQ(loop_->left_in_iteration(), 1u);
    drop();
}

TEST_F(TeardownTest, frees_tasks_that_were_cancelled_and_do_not_know_yet) {
    const Task<> waiting = create_task(*loop_, nap(1s, held_));
    run_iterations(1);
    const Task<> fresh = create_task(*loop_, nap(1s, held_));
    waiting.cancel();
    fresh.cancel();
    drop();
}

TEST_F(TeardownTest, frees_tasks_that_wait_for_each_other) {
    const Task<> inner = create_task(*loop_, nap(1s, held_));
    const Task<> middle = create_task(*loop_, wait_for(inner, held_));
    create_task(*loop_, wait_for(middle, held_));
    run_iterations(1);
    drop();
}

TEST_F(TeardownTest, frees_a_task_whose_only_handle_is_in_a_coroutine_that_waits_for_it) {
    create_task(*loop_, wait_for(create_task(*loop_, nap(1s, held_)), held_));
    run_iterations(1);
    drop();
}

TEST_F(TeardownTest, frees_a_task_that_holds_itself) {
    std::optional<Task<>> self;
    const auto main = [&]() -> Coro<> {
        const Task<> me = *self;
        const std::shared_ptr<int> held = held_;
        co_await sleep(1s);
    };
    self = create_task(*loop_, main());
    run_iterations(1);
    self.reset();
    drop();
}

TEST_F(TeardownTest, frees_tasks_that_wait_for_a_future) {
    const Future<> future(Ref(new FutureState<void>(*loop_)));
    create_task(*loop_, wait_for(future, held_));
    create_task(*loop_, wait_for(future, held_));
    run_iterations(1);
    drop();
}

TEST_F(TeardownTest, frees_the_children_of_a_gather_and_the_gatherer) {
    const auto main = [&]() -> Coro<> { co_await gather(*loop_, nap(1s, held_), nap(2s, held_)); };
    create_task(*loop_, main());
    run_iterations(2);
    drop();
}

TEST_F(TeardownTest, frees_what_a_gather_of_futures_holds) {
    {
        const Future<> future(Ref(new FutureState<void>(*loop_)));
        future.core().add_done_callback(callback([held = held_] {}));
        create_task(*loop_, wait_for(gather(*loop_, {Ref<FutureCore>(&future.core())}), held_));
    }
    run_iterations(1);
    drop();
}

TEST_F(TeardownTest, frees_callbacks_of_tasks_that_will_not_end) {
    const Task<> task = create_task(*loop_, nap(1s, held_));
    task.core().add_done_callback(callback([task, held = held_] {}));
    run_iterations(1);
    drop();
}

TEST_F(TeardownTest, frees_a_chain_of_coroutines) {
    create_task(*loop_, nest(5'000, held_));
    run_iterations(1);
    drop();
}

TEST_F(TeardownTest, bears_a_coroutine_that_settles_what_others_wait_for_while_it_is_dropped) {
    const Future<> future(Ref(new FutureState<void>(*loop_)));
    future.core().add_done_callback(callback([held = held_] {}));
    const auto settle = [](Future<> settled, std::shared_ptr<int> held) -> Coro<> {
        const std::shared_ptr<int> held_inside = held;
        const AtExit leaving([settled] { settled.set_result(); });  // as what releases a lock does
        co_await sleep(1s);
    };
    for (int index = 0; index < 3; ++index) create_task(*loop_, wait_for(future, held_));
    create_task(*loop_, settle(future, held_));
    for (int index = 0; index < 3; ++index) create_task(*loop_, wait_for(future, held_));
    run_iterations(1);
    drop();
}

TEST_F(TeardownTest, frees_tasks_that_wait_in_lists_and_bears_that_they_hand_on_what_they_have) {
    const Event event;
    const Lock lock;
    const Semaphore semaphore(1);
    const Condition condition(lock);
    const Queue<int> queue(1);
    // Each takes what there is, and gives it back when it is dropped: to one that is dropped as well.
    const auto holder = [&]() -> Coro<> {
        const std::shared_ptr<int> held = held_;
        const AtExit leaving([&] {
            event.set();
            if (queue.full()) (void)queue.get_nowait();
        });
        const Semaphore::Permit permit = co_await semaphore.permit();
        const Lock::Guard guard = co_await lock.guard();
        co_await queue.put(1);
        co_await create_future();
    };
    const auto all = [&]() -> Coro<> {
        const std::shared_ptr<int> held = held_;
        const Semaphore::Permit permit = co_await semaphore.permit();
    };
    const auto wait_for_lock = [&]() -> Coro<> {
        const std::shared_ptr<int> held = held_;
        const Lock::Guard guard = co_await lock.guard();
    };
    const auto wait_for_event = [&]() -> Coro<> {
        const std::shared_ptr<int> held = held_;
        co_await event.wait();
    };
    const auto put = [&]() -> Coro<> {
        const std::shared_ptr<int> held = held_;
        co_await queue.put(2);
    };
    const auto wait_for_condition = [&]() -> Coro<> {
        const std::shared_ptr<int> held = held_;
        Lock::Guard guard = co_await condition.guard();
        guard.detach();
        co_await condition.wait();
    };
    create_task(*loop_, wait_for_condition());
    for (const int index : {0, 1, 2}) {
        if (index == 1) create_task(*loop_, holder());
        create_task(*loop_, wait_for_event());
        create_task(*loop_, wait_for_event());
        if (index == 0) continue;
        create_task(*loop_, all());
        create_task(*loop_, wait_for_lock());
        create_task(*loop_, put());
    }
    run_iterations(4);
    drop();
    EXPECT_TRUE(event.is_set());
}

TEST_F(TeardownTest, frees_a_task_that_was_woken_and_has_not_resumed) {
    const Event event;
    for (int index = 0; index < 3; ++index) {
        create_task(*loop_, [](Event waited, std::shared_ptr<int> held) -> Coro<> {
            const std::shared_ptr<int> held_inside = held;
            co_await waited.wait();
        }(event, held_));
    }
    run_iterations(1);
    event.set();
    drop();
}

}  // namespace
}  // namespace loopscope::task
