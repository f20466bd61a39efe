#include "core/task/sleep.hpp"

#include "core/task/callbacks.hpp"
#include "core/task/timeout.hpp"
#include "core/task/wait.hpp"
#include "core/task/wait_for.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;
using trace::Kind;
using trace::Wait;
using namespace std::chrono_literals;

class SleepTest : public LoopFixture {
  protected:
    Coro<> nap(Duration delay, std::string_view name) {
        co_await task::sleep(delay);
        note(name);
    }
    /// The events of a kind, in order.
    std::vector<trace::Event> events(Kind kind) {
        std::vector<trace::Event> found;
        for (const EventIndex at : trace::all_of_kind(log, kind)) found.push_back(log[at]);
        return found;
    }
};

TEST_F(SleepTest, of_zero_is_over_in_the_next_iteration) {
    run(nap(0s, "woken"));
    EXPECT_THAT(notes, ElementsAre("1:woken"));
    EXPECT_EQ(events(Kind::suspend).at(0).tag<Wait>(), Wait::yield);
    EXPECT_TRUE(events(Kind::timer).empty());
}

TEST_F(SleepTest, of_less_than_zero_is_a_sleep_of_zero) {
    run(nap(-1s, "woken"));
    EXPECT_THAT(notes, ElementsAre("1:woken"));
    EXPECT_EQ(loop.time(), 0s);
}

TEST_F(SleepTest, takes_its_time_and_an_iteration_for_the_timer) {
    run(nap(2s, "woken"));
    EXPECT_THAT(notes, ElementsAre("2:woken"));
    EXPECT_EQ(loop.time(), 2s);
}

TEST_F(SleepTest, for_ever_does_not_end_and_what_has_an_end_goes_on_beside_it) {
    const auto main = [&]() -> Coro<> {
        create_task(nap(Duration::max(), "never"));
        create_task(nap(Duration::max() - 1ns, "not either"));
        co_await task::sleep(1s);
        create_task(nap(Duration::max() - 1ns, "nor this"));
        note("one");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("3:one"));
    EXPECT_EQ(loop.next_time(), std::nullopt);
}

TEST_F(SleepTest, within_a_limit_that_is_for_ever_is_awaited_without_one) {
    const auto main = [&]() -> Coro<> {
        co_await task::sleep(1us);
        co_await wait_for(task::sleep(2s), Duration::max());
        note("waited");
        co_await timeout(Duration::max(), task::sleep(2s));
        note("timed");
        std::vector<Task<>> naps = {create_task(nap(1s, "slept"))};
        co_await wait(std::move(naps), ReturnWhen::all_completed, Duration::max());
        call_later(Duration::max(), [&] { note("late"); });
    };
    EXPECT_TRUE(run(main()).done());
    EXPECT_THAT(notes, ElementsAre("4:waited", "6:timed", "9:slept"));
}

TEST_F(SleepTest, wakes_tasks_in_the_order_of_their_deadlines) {
    const auto main = [&]() -> Coro<> {
        create_task(nap(3s, "three"));
        create_task(nap(1s, "one"));
        create_task(nap(2s, "two"));
        co_return;
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("3:one", "5:two", "7:three"));
}

TEST_F(SleepTest, wakes_tasks_of_one_deadline_in_the_order_of_the_heap) {
    const auto main = [&]() -> Coro<> {
        for (const char* name : {"0", "1", "2", "3", "4", "5", "6", "7"}) create_task(nap(1s, name));
        co_return;
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("3:0", "3:2", "3:6", "3:5", "3:7", "3:4", "3:1", "3:3"));
}

TEST_F(SleepTest, names_its_timer_when_it_begins_and_when_it_ends) {
    const auto main = [&]() -> Coro<> {
        create_task(nap(2s, "second"));
        co_await nap(1s, "first");
    };
    run(main());
    const auto wakes = events(Kind::wake);
    const auto suspends = events(Kind::suspend);
    ASSERT_EQ(wakes.size(), 2u) << text_of(log);
    for (const auto* list : {&wakes, &suspends}) {
        for (const trace::Event& event : *list) EXPECT_EQ(event.tag<Wait>(), Wait::sleep);
        EXPECT_THAT(list->at(0).a, 1u) << "main's timer\n" << text_of(log);
        EXPECT_THAT(list->at(1).a, 2u) << "the other task's timer";
    }
}

TEST_F(SleepTest, of_the_number_zero_does_what_a_duration_of_zero_does) {
    const auto counted = [&]() -> Coro<> {
        try {
            for (;;) co_await task::sleep(0);
        } catch (const CancelledError&) {
            note("cancelled");
        }
    };
    const auto timed = [&]() -> Coro<> {
        try {
            for (;;) co_await task::sleep(0s);
        } catch (const CancelledError&) {
            note("cancelled");
        }
    };
    const auto main = [&]() -> Coro<> {
        const Task<> one = create_task(counted());
        const Task<> other = create_task(timed());
        for (int each = 0; each < 3; ++each) co_await task::sleep(0);
        one.cancel();
        other.cancel();
    };
    run(main());
    std::vector<std::vector<std::pair<Kind, std::uint32_t>>> told(4);
    for (EventIndex at; at < log.end_index(); ++at) {
        const trace::Event& event = log[at];
        if (event.subject < told.size() && (event.kind() == Kind::step || event.kind() == Kind::suspend))
            told[event.subject].emplace_back(event.kind(), event.tag());
    }
    EXPECT_EQ(told[2], told[3]) << text_of(log);
    EXPECT_THAT(notes, ElementsAre("4:cancelled", "4:cancelled"));
}

TEST_F(SleepTest, that_is_cancelled_wakes_at_once_and_drops_its_timer) {
    const auto sleeper = [&]() -> Coro<> {
        try {
            co_await task::sleep(10s);
        } catch (const CancelledError&) {
            note("cancelled");
        }
        co_await task::sleep(1s);
        note("slept");
    };
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(sleeper());
        co_await task::sleep(0s);
        EXPECT_TRUE(task.cancel());
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("2:cancelled", "4:slept"));
    EXPECT_EQ(loop.time(), 1s) << "nobody has waited for the ten seconds";
    EXPECT_EQ(events(Kind::timer_cancel).size(), 1u);
    EXPECT_EQ(events(Kind::wake).at(0).a, 1u) << text_of(log);
}

TEST_F(SleepTest, that_is_cancelled_in_the_iteration_of_its_timer_but_before_it_is_cancelled) {
    const auto sleeper = [&](std::string_view name) -> Coro<> {
        try {
            co_await task::sleep(1s);
            note(name);
        } catch (const CancelledError&) {
            note("cancelled");
        }
    };
    const Task<> victim = create_task(loop, sleeper("victim"));
    // Its timer comes first out of the heap: it started earlier.
    loop.call_at(1s, callback([&] { victim.cancel(); }));
    loop.run();
    EXPECT_THAT(notes, ElementsAre("2:cancelled"));
    EXPECT_FALSE(victim.cancelled()) << "it caught the error";
}

TEST_F(SleepTest, that_blocks_lets_nothing_else_run_and_makes_timers_late) {
    const auto other = [&]() -> Coro<> {
        co_await sleep(std::chrono::milliseconds(100));
        note(fmt::format("at {}", to_seconds(loop.time())));
    };
    const auto main = [&]() -> Coro<> {
        create_task(other());
        co_await sleep(Duration::zero());
        block_for(std::chrono::seconds(1));
        note("blocked");
        EXPECT_THROW(block_for(Duration(-1)), ValueError);
        block_for(Duration::zero());
        co_return;
    };
    run(main());
    EXPECT_THAT(notes, testing::ElementsAre("1:blocked", "3:at 1"));
    EXPECT_THROW(block_for(Duration(1)), RuntimeError) << "no loop runs";
    const auto for_ever = []() -> Coro<> {
        block_for(Duration::max());
        co_return;
    };
    EXPECT_NO_THROW(run(for_ever()).result());
}

}  // namespace
}  // namespace loopscope::task
