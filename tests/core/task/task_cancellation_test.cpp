// The rules of docs on what Task.cancel() comes to, by their names there (C1 to C6, T3 to T5).

#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/task.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using trace::Cancel;
using trace::Kind;
using namespace std::chrono_literals;

class CancellationTest : public LoopFixture {
  protected:
    /// Awaits something and notes how that ended.
    template <class Awaitable>
    Coro<> note_end_of(Awaitable awaitable, std::string name) {
        try {
            co_await awaitable;
            note(name + " done");
        } catch (const CancelledError&) {
            note(name + " cancelled");
            throw;
        }
    }
    Coro<> nap(Duration delay) { co_await sleep(delay); }

    /// What the `cancel` events of the trace say.
    std::vector<Cancel> cancels() {
        std::vector<Cancel> tags;
        for (const EventIndex at : trace::all_of_kind(log, Kind::cancel))
            tags.push_back(log[at].tag<Cancel>());
        return tags;
    }
};

TEST_F(CancellationTest, of_a_task_that_has_ended_is_refused) {
    const Task<> task = run(nap(0s));
    EXPECT_FALSE(task.cancel());
    EXPECT_EQ(task.cancelling(), 0);
    EXPECT_FALSE(task.cancelled());
    EXPECT_THAT(cancels(), ElementsAre(Cancel::done));
}

TEST_F(CancellationTest, of_a_waiting_task_cancels_what_it_waits_for) {
    const Future<> future(Ref(new FutureState<void>(loop)));
    const Task<> task = create_task(loop, note_end_of(future, "child"));
    const auto main = [&]() -> Coro<> {
        note("cancel");
        EXPECT_TRUE(task.cancel());
        EXPECT_TRUE(future.cancelled());
        EXPECT_EQ(task.cancelling(), 1);
        EXPECT_FALSE(task.core().must_cancel);
        co_await note_end_of(task, "awaiter");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:cancel", "1:child cancelled", "2:awaiter cancelled"));
    EXPECT_THAT(cancels(), ElementsAre(Cancel::requested));
}

TEST_F(CancellationTest, goes_down_through_tasks_at_once_and_up_by_one_iteration_a_level) {
    const Task<> inner = create_task(loop, note_end_of(create_task(loop, nap(9s)), "inner"));
    const Task<> outer = create_task(loop, note_end_of(inner, "outer"));
    const auto main = [&]() -> Coro<> {
        co_await sleep(0);
        note("cancel");
        outer.cancel();
        co_await note_end_of(outer, "main");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:cancel", "3:inner cancelled", "4:outer cancelled", "5:main cancelled"));
}

TEST_F(CancellationTest, before_the_first_step_keeps_the_body_from_running) {
    const auto main = [&]() -> Coro<> {
        const Task<> child = create_task(note_end_of(create_task(nap(0s)), "child"));
        child.cancel();
        EXPECT_TRUE(child.core().must_cancel);
        co_await note_end_of(child, "awaiter");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("2:awaiter cancelled"));
    EXPECT_THAT(cancels(), ElementsAre(Cancel::requested, Cancel::flagged));
}

TEST_F(CancellationTest, of_a_task_that_is_woken_already_throws_although_the_result_is_there) {
    const Future<> future(Ref(new FutureState<void>(loop)));
    const Task<> task = create_task(loop, note_end_of(future, "child"));
    loop.call_soon(callback([&] {
        future.set_result();
        EXPECT_TRUE(task.cancel());
        EXPECT_TRUE(task.core().must_cancel);
    }));
    loop.run();
    EXPECT_THAT(notes, ElementsAre("1:child cancelled"));
    EXPECT_FALSE(future.cancelled());
}

TEST_F(CancellationTest, of_a_bare_yield_throws_in_the_next_iteration) {
    const auto yielding = [&]() -> Coro<> {
        try {
            co_await sleep(0);
        } catch (const CancelledError&) {
            note("child cancelled");
            throw;
        }
    };
    const Task<> task = create_task(loop, yielding());
    const auto main = [&]() -> Coro<> {
        task.cancel();
        EXPECT_TRUE(task.core().must_cancel);
        co_await note_end_of(task, "awaiter");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:child cancelled", "2:awaiter cancelled"));
}

TEST_F(CancellationTest, of_oneself_comes_at_the_next_suspension) {
    const auto main = [&](Duration pause) -> Coro<> {
        current_task().request_cancel({});
        note("still running");
        try {
            co_await sleep(pause);
            note("slept");
        } catch (const CancelledError&) {
            note("cancelled");
        }
    };
    run(main(1s));
    run(main(0s));
    EXPECT_THAT(notes, ElementsAre("0:still running", "1:cancelled", "2:still running", "3:cancelled"));
    EXPECT_EQ(loop.time(), 0s);
}

TEST_F(CancellationTest, of_oneself_cancels_at_once_what_is_awaited_next) {
    const Task<> other = create_task(loop, nap(1s));
    const auto main = [&]() -> Coro<> {
        co_await sleep(0);
        current_task().request_cancel({});
        co_await note_end_of(other, "main");
    };
    run(main());
    EXPECT_TRUE(other.cancelled());
    EXPECT_THAT(notes, ElementsAre("3:main cancelled"));
}

TEST_F(CancellationTest, of_oneself_is_not_delivered_by_awaiting_what_is_done) {
    const Task<> done = run(nap(0s));
    const auto main = [&]() -> Coro<> {
        current_task().request_cancel({});
        co_await done;
        note("not suspended");
        co_await sleep(0);
        note("never");
    };
    EXPECT_TRUE(run(main()).cancelled());
    EXPECT_THAT(notes, ElementsAre("2:not suspended"));
}

TEST_F(CancellationTest, of_a_task_that_returns_before_it_is_delivered_ends_it_cancelled) {
    const auto main = [&]() -> Coro<int> {
        current_task().request_cancel({});
        co_return 7;
    };
    const Task<int> task = run(main());
    EXPECT_TRUE(task.cancelled());
    EXPECT_THROW(task.result(), CancelledError);
}

TEST_F(CancellationTest, of_a_task_that_throws_before_it_is_delivered_ends_it_with_what_it_threw) {
    const auto main = [&]() -> Coro<> {
        current_task().request_cancel({});
        throw ValueError("first");
        co_return;
    };
    const Task<> task = run(main());
    EXPECT_FALSE(task.cancelled());
    EXPECT_THROW(task.result(), ValueError);
}

TEST_F(CancellationTest, twice_before_it_is_delivered_throws_once) {
    const auto child = [&]() -> Coro<> {
        try {
            co_await sleep(1s);
        } catch (const CancelledError&) {
            note(fmt::format("cancelling {}", current_task().cancelling()));
        }
        co_await sleep(1s);
        note("slept");
    };
    const Task<> task = create_task(loop, child());
    loop.call_soon(callback([&] {
        EXPECT_TRUE(task.cancel());
        EXPECT_TRUE(task.cancel());
    }));
    loop.run();
    EXPECT_THAT(notes, ElementsAre("1:cancelling 2", "3:slept"));
    EXPECT_FALSE(task.cancelled());
    EXPECT_EQ(task.cancelling(), 2) << "requests stay until they are taken back";
}

TEST_F(CancellationTest, that_is_taken_back_before_it_is_delivered_is_not_delivered) {
    const auto main = [&]() -> Coro<> {
        current_task().request_cancel({});
        EXPECT_EQ(current_task().uncancel(), 0);
        co_await sleep(0);
        note("not cancelled");
    };
    EXPECT_FALSE(run(main()).cancelled());
    EXPECT_THAT(notes, ElementsAre("1:not cancelled"));
}

TEST_F(CancellationTest, of_which_one_request_is_left_is_delivered) {
    const auto main = [&]() -> Coro<> {
        current_task().request_cancel({});
        current_task().request_cancel({});
        EXPECT_EQ(current_task().uncancel(), 1);
        co_await sleep(0);
        note("never");
    };
    EXPECT_TRUE(run(main()).cancelled());
    EXPECT_THAT(notes, IsEmpty());
}

TEST_F(CancellationTest, cannot_be_taken_back_more_often_than_it_was_asked_for) {
    const auto main = [&]() -> Coro<> {
        EXPECT_EQ(current_task().uncancel(), 0);
        EXPECT_EQ(current_task().cancelling(), 0);
        co_return;
    };
    run(main());
}

TEST_F(CancellationTest, is_counted_up_to_a_limit) {
    const auto main = [&]() -> Coro<> {
        constexpr int limit = loop::Steppable::max_cancel_requests;
        for (int request = 0; request <= limit; ++request) current_task().request_cancel({});
        EXPECT_EQ(current_task().cancelling(), limit);
        for (int request = 1; request <= limit; ++request) current_task().uncancel();
        EXPECT_EQ(current_task().cancelling(), 0);
        co_await sleep(0);
        note("not cancelled");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:not cancelled"));
}

TEST_F(CancellationTest, that_is_caught_lets_the_task_go_on) {
    const auto child = [&]() -> Coro<int> {
        try {
            co_await sleep(1s);
        } catch (const CancelledError&) {
        }
        co_return 7;
    };
    const Task<int> task = create_task(loop, child());
    loop.call_soon(callback([&] { task.cancel(); }));
    loop.run();
    EXPECT_FALSE(task.cancelled());
    EXPECT_EQ(task.result(), 7);
}

TEST_F(CancellationTest, that_a_body_throws_itself_ends_the_task_cancelled) {
    const auto main = []() -> Coro<> {
        throw CancelledError();
        co_return;
    };
    const Task<> task = run(main());
    EXPECT_TRUE(task.cancelled());
    EXPECT_EQ(task.cancelling(), 0);
}

TEST_F(CancellationTest, unwinds_every_coroutine_on_the_way_up) {
    const auto inner = [&]() -> Coro<> {
        const AtExit leaving([&] { note("inner left"); });
        co_await sleep(1s);
    };
    const auto outer = [&]() -> Coro<> {
        const AtExit leaving([&] { note("outer left"); });
        co_await inner();
    };
    const Task<> task = create_task(loop, outer());
    loop.call_soon(callback([&] { task.cancel(); }));
    loop.run();
    EXPECT_THAT(notes, ElementsAre("1:inner left", "1:outer left"));
}

TEST_F(CancellationTest, of_a_task_by_name_tells_the_trace_which_line_asked_for_it) {
    const Task<> task = create_task(loop, nap(1s));
    task.cancel();
    EXPECT_EQ(log[trace::all_of_kind(log, Kind::cancel).at(0)].line(), std::uint32_t{__LINE__ - 1});
}

}  // namespace
}  // namespace loopscope::task
