// Locks that somebody else releases, with a guard and with `with`.

#include "core/task/sync/with.hpp"

#include "core/task/sleep.hpp"
#include "core/task/sync/condition.hpp"
#include "core/task/sync/semaphore.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using task::sleep;
using testing::ElementsAre;

class With : public LoopFixture {
  protected:
    Coro<int> hold(std::string name) {
        note(name);
        co_await sleep(0);
        co_return 7;
    }
    static Coro<> release(Lock lock) {
        lock.release();
        co_return;
    }
    static Coro<> release_and_fail(Lock lock) {
        lock.release();
        throw ValueError("the body's");
        co_return;
    }
};

TEST_F(With, holds_a_lock_while_its_body_runs) {
    const Lock lock;
    const Semaphore semaphore;
    const Condition condition(lock);
    const auto main = [&]() -> Coro<> {
        const Task<int> other = create_task(with(lock, hold("b")));
        EXPECT_EQ(co_await with(lock, hold("a")), 7);
        EXPECT_EQ(co_await other, 7);
        EXPECT_EQ(co_await with(semaphore, hold("c")), 7);
        EXPECT_EQ(co_await with(condition, hold("d")), 7);
        EXPECT_FALSE(lock.locked() || semaphore.locked());
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(notes, ElementsAre("0:a", "2:b", "4:c", "5:d"));
}

TEST_F(With, raises_where_somebody_else_has_released_the_lock) {
    const auto main = [&]() -> Coro<> {
        const Lock lock;
        try {
            co_await with(lock, release(lock));
            note("no error");
        } catch (const RuntimeError& error) {
            note(error.what());
        }
        try {
            co_await with(lock, release_and_fail(lock));
        } catch (const RuntimeError&) {
            note("RuntimeError in place of the body's");
        }
        const BoundedSemaphore bounded(1);
        const auto too_often = [&]() -> Coro<> {
            bounded.release();
            co_return;
        };
        try {
            co_await with(bounded, too_often());
        } catch (const ValueError&) {
            note("ValueError");
        }
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(notes, ElementsAre("0:Lock is not acquired.", "0:RuntimeError in place of the body's",
                                   "0:ValueError"));
}

TEST_F(With, a_guard_tells_the_exception_handler_instead_and_throws_where_it_is_released) {
    std::vector<std::string> told;
    loop.set_exception_handler([&](const loop::Unhandled& unhandled) {
        EXPECT_EQ(unhandled.kind, loop::Unhandled::Kind::guard);
        told.push_back(exception_text(unhandled.exception));
    });
    const auto main = [&]() -> Coro<> {
        const Lock lock;
        {
            const Lock::Guard guard = co_await lock.guard();
            lock.release();
        }
        Lock::Guard guard = co_await lock.guard();
        lock.release();
        EXPECT_THROW(guard.release(), RuntimeError);
        EXPECT_THROW(lock.release(), RuntimeError);
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(told, ElementsAre("RuntimeError: Lock is not acquired."));
}

}  // namespace
}  // namespace loopscope::task
