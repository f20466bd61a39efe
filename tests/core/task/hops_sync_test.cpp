// In which iteration those who wait for events, locks and the like go on. The lines are CPython 3.13's.

#include "core/task/gather.hpp"
#include "core/task/sync/condition.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/sync/semaphore.hpp"
#include "tests/core/task/hops.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;

class SyncHopsTest : public HopsTest {
  protected:
    Coro<> take_and_keep(Semaphore semaphore, std::string name) {
        try {
            Semaphore::Permit permit = co_await semaphore.permit();
            permit.detach();
            hop(name);
        } catch (const CancelledError&) {
            hop(name + " cancelled");
            throw;
        }
    }
};

TEST_F(SyncHopsTest, event_set) {
    const Event event;
    const auto waiter = [&](int number) -> Coro<> {
        co_await event.wait();
        hop(numbered("w", number));
    };
    const auto main = [&]() -> Coro<> {
        std::vector<Task<>> waiters;
        for (int number = 0; number < 3; ++number) waiters.push_back(create_task(waiter(number)));
        co_await yield();
        begin_here();
        hop("set");
        event.set();
        event.clear();
        co_await gather(waiters);
        hop(fmt::format("end is_set={}", event.is_set()));
    };
    EXPECT_EQ(hops_of(main()), "0:set; 1:w0; 1:w1; 1:w2; 3:end is_set=false;");
}

TEST_F(SyncHopsTest, lock_fair) {
    const Lock lock;
    const auto worker = [&](int number) -> Coro<> {
        const Lock::Guard guard = co_await lock.guard();
        hop(numbered("w", number) + " got");
        co_await yield();
        hop(numbered("w", number) + " rel");
    };
    const auto main = [&]() -> Coro<> {
        Lock::Guard guard = co_await lock.guard();
        for (int number = 0; number < 3; ++number) create_task(worker(number));
        co_await yield();
        begin_here();
        hop("main release");
        guard.release();
        hop(fmt::format("locked={}", lock.locked()));
    };
    EXPECT_EQ(hops_of(main()),
              "0:main release; 0:locked=false; 1:w0 got; 2:w0 rel; 3:w1 got; 4:w1 rel; 5:w2 got; 6:w2 rel;");
}

TEST_F(SyncHopsTest, lock_that_is_acquired_and_released_word_for_word) {
    const Lock lock;
    const auto worker = [&](const char* name) -> Coro<> {
        co_await lock.acquire();
        hop(fmt::format("{} got", name));
        co_await yield();
        lock.release();
    };
    const auto main = [&]() -> Coro<> {
        const auto first = create_task(worker("first"));
        const auto second = create_task(worker("second"));
        begin_here();
        co_await first;
        co_await second;
        hop(fmt::format("locked={}", lock.locked()));
    };
    EXPECT_EQ(hops_of(main()), "1:first got; 3:second got; 5:locked=false;");
}

TEST_F(SyncHopsTest, lock_barge) {
    const Lock lock;
    const auto waiter = [&]() -> Coro<> {
        const Lock::Guard guard = co_await lock.guard();
        hop("waiter got");
    };
    const auto main = [&]() -> Coro<> {
        Lock::Guard guard = co_await lock.guard();
        create_task(waiter());
        co_await yield();
        begin_here();
        guard.release();
        hop("released; reacquire at once");
        guard = co_await lock.guard();
        hop("main got");
    };
    EXPECT_EQ(hops_of(main()), "0:released; reacquire at once; 1:waiter got; 2:main got;");
}

TEST_F(SyncHopsTest, sem_barge) {
    const Semaphore semaphore(1);
    const auto waiter = [&]() -> Coro<> {
        const Semaphore::Permit permit = co_await semaphore.permit();
        hop("waiter got");
    };
    const auto main = [&]() -> Coro<> {
        Semaphore::Permit permit = co_await semaphore.permit();
        create_task(waiter());
        co_await yield();
        begin_here();
        permit.release();
        hop("released; reacquire at once");
        permit = co_await semaphore.permit();
        hop("main got");
    };
    EXPECT_EQ(hops_of(main()), "0:released; reacquire at once; 1:waiter got; 2:main got;");
}

TEST_F(SyncHopsTest, sem_release2) {
    const Semaphore semaphore(0);
    const auto main = [&]() -> Coro<> {
        for (int number = 0; number < 4; ++number)
            create_task(take_and_keep(semaphore, numbered("w", number)));
        co_await yield();
        begin_here();
        for (int round = 0; round < 2; ++round) {
            hop("release x2");
            semaphore.release();
            semaphore.release();
            co_await task::sleep(1s);
        }
    };
    EXPECT_EQ(hops_of(main()), "0:release x2; 1:w0; 1:w1; 3:release x2; 4:w2; 4:w3;");
}

TEST_F(SyncHopsTest, sem_cancel_wakeup) {
    const Semaphore semaphore(0);
    const auto main = [&]() -> Coro<> {
        const Task<> a = create_task(take_and_keep(semaphore, "w0"));
        const auto second = [&]() -> Coro<> {
            Semaphore::Permit permit = co_await semaphore.permit();
            permit.detach();
            hop("w1 got");
        };
        const Task<> b = create_task(second());
        co_await yield();
        begin_here();
        hop("release then cancel w0");
        semaphore.release();
        a.cancel();
        co_await yields(5);
        hop(fmt::format("b done={} value={}", b.done(), semaphore.value()));
    };
    EXPECT_EQ(hops_of(main()), "0:release then cancel w0; 1:w0 cancelled; 2:w1 got; 5:b done=true value=0;");
}

TEST_F(SyncHopsTest, cond_notify) {
    const Condition condition;
    const auto waiter = [&](int number) -> Coro<> {
        const Lock::Guard guard = co_await condition.guard();
        co_await condition.wait();
        hop(numbered("w", number) + " through");
    };
    const auto main = [&]() -> Coro<> {
        for (int number = 0; number < 3; ++number) create_task(waiter(number));
        co_await yield();
        Lock::Guard guard = co_await condition.guard();
        begin_here();
        hop("notify_all");
        condition.notify_all();
        hop("still inside");
        guard.release();
        hop("lock released");
    };
    EXPECT_EQ(hops_of(main()),
              "0:notify_all; 0:still inside; 0:lock released; 1:w0 through; 1:w1 through; 1:w2 through;");
}

TEST_F(SyncHopsTest, semaphore_bounded) {
    const BoundedSemaphore semaphore(1);
    const auto waiter = [&](std::string name) -> Coro<> {
        const Semaphore::Permit permit = co_await semaphore.permit();
        hop(name);
    };
    const auto main = [&]() -> Coro<> {
        Semaphore::Permit permit = co_await semaphore.permit();
        permit.detach();
        create_task(waiter("w0"));
        create_task(waiter("w1"));
        co_await yield();
        begin_here();
        semaphore.release();
        hop("released");
        co_await yields(4);
        EXPECT_THROW(semaphore.release(), ValueError);
        EXPECT_EQ(semaphore.value(), 1);
    };
    EXPECT_EQ(hops_of(main()), "0:released; 1:w0; 2:w1;");
}

}  // namespace
}  // namespace loopscope::task
