// What can be awaited is taken wherever asyncio takes it. The lines of hops are CPython 3.13's.

#include "core/task/gather.hpp"
#include "core/task/shield.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/sync/lock.hpp"
#include "core/task/sync/semaphore.hpp"
#include "core/task/task_group.hpp"
#include "core/task/wait_for.hpp"
#include "tests/core/task/hops.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;

class AwaitablesTest : public HopsTest {
  protected:
    static Coro<std::string> fetch() { co_return "f"; }

    /// Waits, not longer than that, and notes how it ended.
    template <Awaitable Awaited>
    Coro<> try_for(Awaited&& awaited, Duration delay, std::string_view good) {
        return note_end(task::wait_for(std::forward<Awaited>(awaited), delay), good);
    }

  private:
    template <class T>
    Coro<> note_end(Coro<T> waiting, std::string_view good) {
        try {
            static_cast<void>(co_await std::move(waiting));
            hop(good);
        } catch (const TimeoutError&) {
            hop("TimeoutError");
        }
    }
};

TEST_F(AwaitablesTest, an_event_is_waited_for_so_long) {
    const Event event;
    const auto main = [&]() -> Coro<> {
        call_later(1s, [&] { event.set(); });
        hop("wait_for");
        co_await try_for(event.wait(), 5s, "set");
        event.clear();
        co_await try_for(event.wait(), 1s, "set");
        co_await try_for(event.wait(), 0s, "set");
    };
    EXPECT_EQ(hops_of(main()), "0:wait_for; 2:set; 4:TimeoutError; 7:TimeoutError;");
}

TEST_F(AwaitablesTest, a_lock_is_waited_for_so_long_and_what_that_gives_holds_it) {
    const Lock lock;
    const auto main = [&]() -> Coro<> {
        {
            const Lock::Guard guard = co_await lock.guard();
            co_await try_for(lock.guard(), 1s, "got it");
        }
        {
            const Lock::Guard guard = co_await task::wait_for(lock.guard(), 1s);
            hop(fmt::format("locked={}", lock.locked()));
        }
        const Task<Lock::Guard> task = create_task(lock.guard());
        hop(fmt::format("locked={}", lock.locked()));
        co_await yield();
        hop(fmt::format("locked={}", lock.locked()));
    };
    EXPECT_EQ(hops_of(main()), "2:TimeoutError; 2:locked=true; 2:locked=false; 3:locked=true;");
    EXPECT_FALSE(lock.locked()) << "the task is gone, and what it held";
}

TEST_F(AwaitablesTest, a_permit_is_waited_for_no_time_at_all) {
    const Semaphore semaphore(1);
    const auto main = [&]() -> Coro<> {
        co_await try_for(semaphore.permit(), 0s, "got it");
        EXPECT_FALSE(semaphore.locked());
        co_await try_for(semaphore.permit(), 1s, "got it");
        EXPECT_FALSE(semaphore.locked()) << "nobody kept it";
    };
    EXPECT_EQ(hops_of(main()), "3:TimeoutError; 3:got it;");
}

TEST_F(AwaitablesTest, a_sleep_is_made_into_a_task) {
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(task::sleep(1s));
        hop("create_task");
        co_await task;
        hop("slept");
        co_await create_task(task::sleep(0));
        hop("yielded");
        co_await task::timeout(1s, task::sleep(0));
        hop("in time");
    };
    EXPECT_EQ(hops_of(main()), "0:create_task; 4:slept; 7:yielded; 8:in time;");
    EXPECT_THAT(text_of(log), testing::HasSubstr("'sleep'")) << "it is called what asyncio's is";
}

TEST_F(AwaitablesTest, all_kinds_are_gathered_together) {
    const auto main = [&]() -> Coro<> {
        const Future<std::string> future = create_future<std::string>();
        call_later(1s, [future] { future.set_result("x"); });
        const Task<std::string> task = create_task(fetch());
        const auto [one, two, three, nothing] = co_await gather(fetch(), task, future, task::sleep(0));
        static_assert(std::is_same_v<decltype(nothing), const std::monostate>);
        hop(one + two + three);
    };
    EXPECT_EQ(hops_of(main()), "6:ffx;");
}

TEST_F(AwaitablesTest, a_sleep_is_shielded) {
    const auto main = [&]() -> Coro<> {
        const Future<> shielded = shield(task::sleep(1s));
        hop("shield");
        co_await shielded;
        hop("slept");
    };
    EXPECT_EQ(hops_of(main()), "0:shield; 5:slept;");
}

TEST_F(AwaitablesTest, a_group_takes_an_event_s_wait_for_a_child) {
    const Event event;
    const auto main = [&]() -> Coro<> {
        co_await task_group([&](TaskGroup& group) -> Coro<> {
            group.create_task(event.wait());
            event.set();
            co_return;
        });
        hop("left");
    };
    EXPECT_EQ(hops_of(main()), "3:left;");
}

TEST_F(AwaitablesTest, a_future_is_its_own_future_and_anything_else_a_task) {
    const auto main = [&]() -> Coro<> {
        const Future<int> future = create_future<int>();
        EXPECT_EQ(&ensure_future(future).core(), &future.core());
        const Task<std::string> task = ensure_future(fetch());
        EXPECT_EQ(&ensure_future(task).core(), &task.core());
        EXPECT_EQ(co_await task, "f");
        co_await ensure_future(task::sleep(0));
    };
    run(main());
}

}  // namespace
}  // namespace loopscope::task
