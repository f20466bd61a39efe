#include "core/task/gather.hpp"

#include "core/task/sleep.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

class GatherTest : public LoopFixture {
  protected:
    Coro<> step(std::string_view name) {
        note(name);
        co_return;
    }
    Coro<> nap(Duration delay, std::string_view name) {
        try {
            co_await task::sleep(delay);
            note(name);
        } catch (const CancelledError&) {
            note(std::string(name) + " cancelled");
            throw;
        }
    }
    Coro<> fail(Duration delay) {
        co_await task::sleep(delay);
        note("fails");
        throw ValueError("no luck");
    }
    /// Outside of coroutines, for in them gcc 12 cannot compile lists in braces.
    static std::vector<Ref<FutureCore>> cores(const auto&... tasks) {
        return {Ref<FutureCore>(&tasks.core())...};
    }
};

TEST_F(GatherTest, runs_its_coroutines_side_by_side_and_is_done_after_the_last) {
    const auto main = [&]() -> Coro<> {
        note("gather");
        co_await gather(loop, step("first"), step("second"));
        note("after");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:gather", "1:first", "1:second", "3:after"));
}

TEST_F(GatherTest, of_nothing_is_done) {
    const auto main = [&]() -> Coro<> {
        co_await gather(loop, std::vector<Coro<>>());
        note("after");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:after"));
}

TEST_F(GatherTest, of_what_is_done_takes_no_hop) {
    const auto main = [&]() -> Coro<> {
        const Task<> first = create_task(step("first"));
        const Task<> second = create_task(step("second"));
        co_await task::sleep(1s);
        notes.clear();
        const std::uint32_t before = loop.iteration();
        co_await gather(first, second);
        EXPECT_EQ(loop.iteration(), before);
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(GatherTest, of_what_is_partly_done_waits_for_the_rest) {
    const auto main = [&]() -> Coro<> {
        const Task<> first = create_task(step("first"));
        const Task<> second = create_task(nap(2s, "second"));
        co_await task::sleep(1s);
        co_await gather(first, second);
        EXPECT_EQ(loop.time(), 2s);
    };
    run(main()).result();
    EXPECT_THAT(notes, ElementsAre("1:first", "5:second"));
}

TEST_F(GatherTest, counts_the_same_task_once) {
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(step("once"));
        co_await gather(task, task, task);
        note("after");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:once", "3:after"));
}

TEST_F(GatherTest, fails_with_its_first_child_while_the_others_run_on) {
    const auto main = [&]() -> Coro<> {
        try {
            co_await gather(loop, fail(1s), nap(2s, "ok"));
        } catch (const ValueError&) {
            note("caught");
            EXPECT_EQ(loop.time(), 1s);
        }
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("3:fails", "5:caught", "7:ok"));
}

TEST_F(GatherTest, is_not_disturbed_by_a_second_failure) {
    const auto main = [&]() -> Coro<> {
        try {
            co_await gather(loop, fail(1s), fail(2s));
        } catch (const ValueError&) {
            note("caught");
        }
        co_await task::sleep(5s);
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(notes, ElementsAre("3:fails", "5:caught", "7:fails"));
}

TEST_F(GatherTest, fails_if_a_child_is_cancelled_although_it_was_not_itself) {
    Task<>* child = nullptr;
    const auto main = [&]() -> Coro<> {
        Task<> first = create_task(nap(5s, "first"));
        child = &first;
        const Task<> second = create_task(nap(1s, "second"));
        loop.call_soon(callback([&] { child->cancel(); }));
        co_await gather(first, second);
    };
    const Task<> task = run(main());
    EXPECT_TRUE(task.cancelled());
    EXPECT_EQ(task.cancelling(), 0);
    EXPECT_THAT(notes, ElementsAre("2:first cancelled", "6:second"));
}

TEST_F(GatherTest, that_is_cancelled_cancels_its_children) {
    const auto main = [&]() -> Coro<> { co_await gather(loop, nap(1s, "first"), nap(1s, "second")); };
    const Task<> gatherer = create_task(loop, main());
    const auto canceller = [&]() -> Coro<> {
        co_await task::sleep(0s);
        co_await task::sleep(0s);
        note("cancel");
        gatherer.cancel();
        try {
            co_await gatherer;
        } catch (const CancelledError&) {
            note("seen");
        }
    };
    run(canceller());
    EXPECT_THAT(notes, ElementsAre("2:cancel", "3:first cancelled", "3:second cancelled", "6:seen"));
    EXPECT_TRUE(gatherer.cancelled());
}

TEST_F(GatherTest, that_is_done_cannot_be_cancelled) {
    const auto main = [&]() -> Coro<> {
        const Future<> all = gather(loop, step("only"));
        co_await all;
        EXPECT_FALSE(all.cancel());
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(GatherTest, asks_a_child_that_it_was_given_twice_to_be_cancelled_twice) {
    // asyncio's _GatheringFuture keeps every argument, although it counts each future once
    // (Lib/asyncio/tasks.py, gather).
    const auto child = [&]() -> Coro<> { co_await task::sleep(1s); };
    const Task<> task = create_task(loop, child());
    loop.run_iteration();
    const Future<> all = gather(loop, cores(task, task));
    EXPECT_TRUE(all.cancel());
    EXPECT_EQ(task.cancelling(), 2);
    loop.run();
    EXPECT_TRUE(task.cancelled());
}

TEST_F(GatherTest, that_returns_exceptions_waits_for_all_and_does_not_fail) {
    const auto main = [&]() -> Coro<> {
        const Task<> bad = create_task(fail(1s));
        const Task<> good = create_task(nap(2s, "ok"));
        co_await gather(loop, cores(bad, good), true);
        note("after");
        EXPECT_THROW(bad.result(), ValueError);
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(notes, ElementsAre("3:fails", "6:ok", "8:after"));
}

TEST_F(GatherTest, that_returns_exceptions_leaves_a_tasks_own_cancelled_error_to_who_awaits_it) {
    const auto main = [&]() -> Coro<> {
        const Task<> child = create_task(nap(1s, "child"));
        co_await sleep(0);
        child.cancel("why");
        const std::vector<Task<>> one(1, child);
        const auto outcomes = co_await gather_settled(one);
        EXPECT_STREQ(as_cancelled_error(outcomes[0].error())->what(), "");
        try {
            co_await child;
        } catch (const CancelledError& error) {
            note(error.what());
        }
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(notes, ElementsAre(testing::EndsWith(":child cancelled"), testing::EndsWith(":why")));
}

TEST_F(GatherTest, that_returns_exceptions_still_fails_if_it_was_cancelled) {
    const auto main = [&]() -> Coro<> {
        const Task<> child = create_task(nap(1s, "child"));
        co_await gather(loop, cores(child), true);
    };
    const Task<> gatherer = create_task(loop, main());
    loop.run_iteration();
    loop.run_iteration();
    gatherer.cancel();
    loop.run();
    EXPECT_TRUE(gatherer.cancelled());
}

TEST_F(GatherTest, may_be_made_before_the_loop_runs) {
    const Future<> all = gather(loop, step("first"), step("second"));
    loop.run();
    EXPECT_TRUE(all.done());
    EXPECT_THAT(notes, ElementsAre("0:first", "0:second"));
}

TEST_F(GatherTest, that_nobody_waits_for_changes_nothing_for_its_children) {
    const auto main = [&]() -> Coro<> {
        (void)gather(loop, nap(1s, "first"), nap(2s, "second"));
        co_return;
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("3:first", "6:second"));
}

TEST_F(GatherTest, of_different_types_gives_the_outcome_of_each) {
    const auto number = []() -> Coro<int> { co_return 7; };
    const auto text = []() -> Coro<std::string> {
        throw ValueError("no text");
        co_return "";
    };
    const auto main = [&]() -> Coro<> {
        const Future<> future = create_future();
        call_soon([=] { future.cancel("no more"); });
        const auto [one, two, three, four] =
            co_await gather_settled(number(), text(), future, sleep(Duration::zero()));
        EXPECT_EQ(one, 7);
        EXPECT_FALSE(two);
        EXPECT_EQ(exception_text(two.error()), "ValueError: no text");
        EXPECT_FALSE(three);
        EXPECT_EQ(exception_text(three.error()), "CancelledError: no more");
        EXPECT_TRUE(four);
        std::vector<Coro<int>> several;
        several.push_back(number());
        several.push_back(number());
        EXPECT_EQ((co_await gather_settled(std::move(several))).size(), 2u);
    };
    EXPECT_NO_THROW(run(main()).result());
}

}  // namespace
}  // namespace loopscope::task
