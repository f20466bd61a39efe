#include "core/task/coro.hpp"

#include <memory>
#include <string>

#include "core/task/sleep.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;

class CoroTest : public LoopFixture {
  protected:
    Coro<int> number(int value) {
        note("callee");
        co_return value;
    }
    Coro<> raise() {
        throw ValueError("from below");
        co_return;
    }
    /// Awaits itself until `depth` is used up, then sleeps if asked to.
    Coro<int> nest(int depth, Duration pause) {
        if (depth > 0) co_return co_await nest(depth - 1, pause) + 1;
        if (pause >= Duration::zero()) co_await sleep(pause);
        co_return 0;
    }
    Coro<> raise_below(int depth) {
        if (depth == 0) throw ValueError("from far below");
        co_await raise_below(depth - 1);
    }

    static constexpr int many_ = 100'000;
    static constexpr Duration no_pause_{-1};
};

TEST_F(CoroTest, runs_at_once_in_the_task_that_awaits_it) {
    const auto main = [&]() -> Coro<> {
        note("call");
        auto coroutine = number(7);
        note("not yet");
        loop::Steppable* const task = loop.current();
        const int result = co_await std::move(coroutine);
        note("after");
        EXPECT_EQ(result, 7);
        EXPECT_EQ(loop.current(), task);
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:call", "0:not yet", "0:callee", "0:after"));
    EXPECT_EQ(loop.iteration(), 1u);
}

TEST_F(CoroTest, does_nothing_if_it_is_not_awaited) {
    const auto main = [&]() -> Coro<> {
        { const auto forgotten = number(7); }
        co_return;
    };
    run(main());
    EXPECT_THAT(notes, testing::IsEmpty());
}

TEST_F(CoroTest, hands_its_result_through_any_number_of_awaits) {
    EXPECT_EQ(run(nest(3, no_pause_)).result(), 3);
    EXPECT_EQ(run(nest(3, std::chrono::seconds(1))).result(), 3) << "also when it was suspended in between";
}

TEST_F(CoroTest, gives_results_that_can_only_be_moved) {
    const auto give = []() -> Coro<std::unique_ptr<std::string>> {
        co_return std::make_unique<std::string>("treasure");
    };
    const auto main = [&]() -> Coro<std::string> { co_return *co_await give(); };
    EXPECT_EQ(run(main()).result(), "treasure");
}

TEST_F(CoroTest, throws_into_the_one_that_awaits_it) {
    const auto main = [&]() -> Coro<std::string> {
        try {
            co_await raise();
        } catch (const ValueError& error) {
            co_return error.what();
        }
        co_return "nothing was thrown";
    };
    EXPECT_EQ(run(main()).result(), "from below");
}

TEST_F(CoroTest, throws_through_any_number_of_awaits) {
    const Task<> task = run(raise_below(1000));
    EXPECT_THROW(task.result(), ValueError);
}

TEST_F(CoroTest, throws_past_a_task_that_failed_inside_the_same_step) {
    loop.set_eager_tasks(true);
    const auto inner = [&]() -> Coro<int> {
        const Task<> failed = create_task(raise_below(2));
        EXPECT_TRUE(failed.done());
        EXPECT_THROW(failed.result(), ValueError);
        co_return co_await number(7);
    };
    const auto main = [&]() -> Coro<int> {
        try {
            co_await raise();
        } catch (const ValueError&) {
            const Task<> failed = create_task(raise_below(1));
            EXPECT_TRUE(failed.done());
        }
        co_return co_await inner();
    };
    EXPECT_EQ(run(main()).result(), 7);
}

TEST_F(CoroTest, leaves_its_scope_before_the_one_that_awaits_it_goes_on) {
    const auto inner = [&]() -> Coro<> {
        const AtExit leaving([&] { note("left"); });
        note("inside");
        co_await sleep(Duration::zero());
    };
    const auto main = [&]() -> Coro<> {
        co_await inner();
        note("after");
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:inside", "1:left", "1:after"));
}

TEST_F(CoroTest, may_be_awaited_a_hundred_thousand_deep) {
    EXPECT_EQ(run(nest(many_, no_pause_)).result(), many_);
    EXPECT_EQ(run(nest(many_, Duration::zero())).result(), many_);
    EXPECT_THROW(run(raise_below(many_)).result(), ValueError);
}

TEST_F(CoroTest, may_be_awaited_a_hundred_thousand_times_in_a_row) {
    const auto one = []() -> Coro<int> { co_return 1; };
    const auto main = [&]() -> Coro<int> {
        int sum = 0;
        for (int each = 0; each < many_; ++each) sum += co_await one();
        co_return sum;
    };
    EXPECT_EQ(run(main()).result(), many_);
    EXPECT_EQ(loop.iteration(), 1u);
}

TEST_F(CoroTest, is_named_after_its_function) {
    run(raise_below(0));
    const auto spawns = trace::all_of_kind(log, trace::Kind::spawn);
    ASSERT_EQ(spawns.size(), 1u);
    EXPECT_EQ(log.strings()[StringId{log[spawns[0]].a}], "raise_below");
}

}  // namespace
}  // namespace loopscope::task
