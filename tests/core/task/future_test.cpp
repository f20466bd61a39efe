#include "core/task/future.hpp"

#include "core/task/sleep.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;

class FutureTest : public LoopFixture {
  protected:
    Future<int> create() { return Future<int>(Ref(new FutureState<int>(loop))); }
    auto& noting(std::string name) {
        return callback([this, name = std::move(name)] { note(name); });
    }
    static std::exception_ptr error() { return std::make_exception_ptr(ValueError("no luck")); }
};

TEST_F(FutureTest, has_no_result_before_it_is_done) {
    const Future<int> future = create();
    EXPECT_FALSE(future.done());
    EXPECT_THROW(future.result(), InvalidStateError);
}

TEST_F(FutureTest, tells_its_exception_once_it_is_done) {
    const auto main = [&]() -> Coro<> {
        const Future<int> future = create_future<int>();
        EXPECT_THROW(static_cast<void>(future.exception()), InvalidStateError);
        future.set_exception(ValueError("no luck"));
        EXPECT_THROW(std::rethrow_exception(future.exception()), ValueError);
        const Future<int> good = create_future<int>();
        good.set_result(1);
        EXPECT_FALSE(good.exception());
        const Future<int> cancelled = create_future<int>();
        cancelled.cancel();
        EXPECT_THROW(static_cast<void>(cancelled.exception()), CancelledError);
        co_return;
    };
    run(main());
}

TEST_F(FutureTest, is_settled_once) {
    const Future<int> finished = create();
    finished.set_result(1);
    EXPECT_THROW(finished.set_result(2), InvalidStateError);
    EXPECT_THROW(finished.set_exception(error()), InvalidStateError);
    EXPECT_FALSE(finished.cancel());
    EXPECT_EQ(finished.result(), 1);

    const Future<int> failed = create();
    failed.set_exception(error());
    EXPECT_THROW(failed.set_result(2), InvalidStateError);
    EXPECT_FALSE(failed.cancel());
    EXPECT_THROW(failed.result(), ValueError);

    const Future<int> cancelled = create();
    EXPECT_TRUE(cancelled.cancel());
    EXPECT_FALSE(cancelled.cancel());
    EXPECT_THROW(cancelled.set_result(2), InvalidStateError);
    EXPECT_THROW(cancelled.set_exception(error()), InvalidStateError);
    EXPECT_TRUE(cancelled.cancelled());
    EXPECT_THROW(cancelled.result(), CancelledError);
}

TEST_F(FutureTest, calls_its_callbacks_in_order_in_the_next_iteration) {
    const Future<int> future = create();
    for (const char* name : {"a", "b", "c"}) future.core().add_done_callback(noting(name));
    loop.call_soon(callback([&] {
        future.set_result(1);
        note("set");
    }));
    loop.call_soon(noting("before"));
    loop.run();
    EXPECT_THAT(notes, ElementsAre("0:set", "0:before", "1:a", "1:b", "1:c"));
}

TEST_F(FutureTest, that_is_done_calls_a_callback_in_the_next_iteration) {
    const Future<int> future = create();
    future.set_result(1);
    loop.call_soon(callback([&] {
        future.core().add_done_callback(noting("late"));
        note("added");
    }));
    loop.run();
    EXPECT_THAT(notes, ElementsAre("0:added", "1:late"));
}

TEST_F(FutureTest, calls_waiting_tasks_and_callbacks_in_the_order_in_which_they_came) {
    const Future<int> future = create();
    const auto waiter = [&](std::string_view name) -> Coro<> {
        co_await future;
        note(name);
    };
    create_task(loop, waiter("first"));
    loop.call_soon(callback([&] { future.core().add_done_callback(noting("callback")); }));
    create_task(loop, waiter("second"));
    loop.call_soon(callback([&] { future.set_result(1); }));
    loop.run();
    EXPECT_THAT(notes, ElementsAre("1:first", "1:callback", "1:second"));
}

TEST_F(FutureTest, does_not_call_a_callback_that_was_removed) {
    const Future<int> future = create();
    auto& removed = noting("removed");
    future.core().add_done_callback(noting("kept"));
    future.core().add_done_callback(removed);
    EXPECT_EQ(future.core().remove_done_callback(removed), 1u);
    auto& never_added = noting("never added");
    never_added.retain();
    EXPECT_EQ(future.core().remove_done_callback(never_added), 0u);
    never_added.release();
    future.set_result(1);
    loop.run();
    EXPECT_THAT(notes, ElementsAre("0:kept"));
}

TEST_F(FutureTest, that_is_done_does_not_suspend_the_one_that_awaits_it) {
    const Future<int> future = create();
    future.set_result(7);
    const auto main = [&]() -> Coro<int> { co_return co_await future; };
    EXPECT_EQ(run(main()).result(), 7);
    EXPECT_EQ(loop.iteration(), 1u);
}

TEST_F(FutureTest, throws_its_exception_into_everyone_who_awaits_it) {
    const Future<int> future = create();
    const auto waiter = [&](std::string_view name) -> Coro<> {
        try {
            co_await future;
        } catch (const ValueError&) {
            note(name);
        }
    };
    create_task(loop, waiter("first"));
    create_task(loop, waiter("second"));
    loop.call_soon(callback([&] { future.set_exception(error()); }));
    loop.run();
    create_task(loop, waiter("late"));
    loop.run();
    EXPECT_THAT(notes, ElementsAre("1:first", "1:second", "2:late"));
}

TEST_F(FutureTest, that_is_cancelled_throws_into_the_one_that_awaits_it) {
    const Future<int> future = create();
    const auto main = [&]() -> Coro<> { co_await future; };
    const Task<> task = create_task(loop, main());
    loop.call_soon(callback([&] { EXPECT_TRUE(future.cancel()); }));
    loop.run();
    EXPECT_TRUE(task.cancelled());
}

TEST_F(FutureTest, is_cancelled_with_the_task_that_awaits_it) {
    const Future<int> future = create();
    const auto main = [&]() -> Coro<> { co_await future; };
    const Task<> task = create_task(loop, main());
    loop.call_soon(callback([&] {
        task.cancel();
        EXPECT_TRUE(future.cancelled()) << "at once";
        EXPECT_FALSE(task.done());
    }));
    loop.run();
    EXPECT_TRUE(task.cancelled());
}

TEST_F(FutureTest, is_dropped_with_its_callbacks) {
    const auto held = std::make_shared<int>();
    {
        const Future<int> future = create();
        future.core().add_done_callback(callback([held] {}));
        EXPECT_EQ(held.use_count(), 2);
    }
    EXPECT_EQ(held.use_count(), 1);
}

TEST_F(FutureTest, of_no_result_can_be_waited_for_as_well) {
    const auto main = [&]() -> Coro<> {
        const Future<> future = create_future();
        loop.call_soon(callback([=] { future.set_result(); }));
        co_await future;
        note("done");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("2:done"));
}

TEST_F(FutureTest, may_lose_its_last_owner_while_it_is_waited_for) {
    const auto main = [&]() -> Coro<> {
        co_await [] {
            Future<> future = create_future();
            loop::EventLoop::running()->call_soon(callback([future] { future.set_result(); }));
            return future;
        }();
        note("done");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("2:done"));
}

}  // namespace
}  // namespace loopscope::task
