// What a CancelledError says: what the request said, wherever it comes from (CPython's Task.cancel(msg)).

#include "core/task/gather.hpp"
#include "core/task/shield.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/event.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;
using task::sleep;
using testing::ElementsAre;

class CancelMessage : public LoopFixture {
  protected:
    /// Awaits something and notes what the CancelledError says that comes of it.
    template <class Awaitable>
    Coro<> hear(Awaitable awaitable) {
        try {
            co_await std::move(awaitable);
            note("result");
        } catch (const CancelledError& error) {
            note(fmt::format("[{}]", error.what()));
        }
    }
    static Coro<> pause(Duration duration) { co_await sleep(duration); }
    /// Notes what a task says that is made of a coroutine, and cancelled one iteration later.
    template <class T>
    void cancel_later(Coro<T> coroutine, std::string_view message) {
        const Task<> task = create_task(loop, std::move(coroutine));
        const auto main = [&]() -> Coro<> {
            co_await sleep(0);
            task.cancel(message);
            co_await hear(task);
        };
        run(main());
    }
};

TEST_F(CancelMessage, is_heard_by_the_task_and_by_those_who_await_it) {
    cancel_later([]() -> Coro<> { co_await sleep(1s); }(), "too slow");
    EXPECT_THAT(notes, ElementsAre("3:[too slow]"));
}

TEST_F(CancelMessage, passes_through_a_chain_of_tasks_and_a_gather) {
    const auto inner = [&]() -> Coro<> { co_await hear(pause(1s)); };
    const auto outer = [&]() -> Coro<> {
        const Task<> child = create_task(inner());
        co_await gather(child, sleep(2s));
    };
    cancel_later(outer(), "all of you");
    EXPECT_THAT(notes, ElementsAre("2:[all of you]", "5:[all of you]"));
}

TEST_F(CancelMessage, of_a_task_that_has_not_begun_is_heard_by_those_who_await_it) {
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task([]() -> Coro<> { co_return; }());
        task.cancel("never begun");
        co_await hear(task);
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("2:[never begun]"));
}

TEST_F(CancelMessage, of_a_future_is_heard_by_all_who_await_it) {
    const auto main = [&]() -> Coro<> {
        const Future<> future = create_future();
        const Task<> other = create_task(hear(future));
        call_soon([=] { future.cancel("no more"); });
        co_await hear(future);
        co_await other;
        co_await hear(future);
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("2:[no more]", "2:[no more]", "3:[no more]"));
}

TEST_F(CancelMessage, of_a_task_is_heard_by_the_first_who_asks) {
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(pause(1s));
        const Task<> first = create_task(hear(task));
        const Task<> second = create_task(hear(task));
        co_await sleep(0);
        task.cancel("once");
        co_await first;
        co_await second;
        co_await hear(task);
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("3:[once]", "3:[]", "4:[]"));
}

TEST_F(CancelMessage, is_that_of_the_first_request_that_is_answered) {
    const auto main = [&]() -> Coro<> {
        const Event event;
        const Task<> task = create_task(hear(event.wait().to_coroutine()));
        co_await sleep(0);
        task.cancel("first");
        task.cancel("second");
        co_await task;
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("2:[first]"));
}

TEST_F(CancelMessage, of_an_earlier_request_is_not_heard_again) {
    const auto twice = [&]() -> Coro<> {
        co_await hear(pause(1s));
        co_await hear(pause(1s));
    };
    const Task<> task = create_task(loop, twice());
    const auto main = [&]() -> Coro<> {
        co_await sleep(0);
        task.cancel("first");
        co_await sleep(0);
        co_await sleep(0);
        task.cancel();
        co_await task;
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("2:[first]", "4:[]"));
}

TEST_F(CancelMessage, of_a_task_that_cancels_itself_comes_at_its_next_suspension) {
    const auto main = [&]() -> Coro<> {
        current_task().cancel("myself");
        co_await hear(pause(0s));
        current_task().cancel("once more");
        co_await hear(pause(1s));
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:[myself]", "2:[once more]"));
}

TEST_F(CancelMessage, does_not_pass_a_shield) {
    const auto main = [&]() -> Coro<> {
        const Task<> inner = create_task(hear(pause(1s)));
        const Future<> outer = shield(inner);
        co_await sleep(0);
        inner.cancel("inside");
        co_await hear(outer);
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("2:[inside]", "4:result"));
}

TEST_F(CancelMessage, of_a_task_that_has_ended_is_heard_through_a_shield) {
    const auto main = [&]() -> Coro<> {
        const Task<> inner = create_task(pause(1s));
        inner.cancel("inside");
        co_await sleep(0);
        co_await hear(shield(inner));
        const Task<> pending = create_task(pause(1s));
        const Future<> outer = shield(pending);
        pending.cancel("inside");
        co_await hear(outer);
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:[inside]", "4:[]"));
}

TEST_F(CancelMessage, of_an_error_that_the_program_throws_itself_is_kept) {
    const auto main = [&]() -> Coro<> {
        co_await hear(create_task([]() -> Coro<> {
            throw CancelledError("thrown");
            co_return;
        }()));
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("2:[thrown]"));
}

}  // namespace
}  // namespace loopscope::task
