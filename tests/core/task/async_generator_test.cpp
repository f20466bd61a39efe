#include "core/task/async_generator.hpp"

#include "core/task/sleep.hpp"
#include "core/trace/text.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;

class AsyncGeneratorTest : public LoopFixture {
  protected:
    /// Gives 1 to `count`; notes when it begins, and how it ends.
    AsyncGenerator<int> numbers(int count, Duration pause = Duration{-1}) {
        note("begin");
        try {
            for (int number = 1; number <= count; ++number) {
                if (pause >= Duration::zero()) co_await sleep(pause);
                co_yield number;
            }
        } catch (const BaseException& error) {
            note(fmt::format("{} in task {}", error.name(), current_task().id().value));
            throw;
        }
        note("end");
    }
    AsyncGenerator<int> stubborn() {
        for (;;) {
            try {
                co_yield 1;
            } catch (const GeneratorExit&) {
                note("never");
            }
        }
    }
};

TEST_F(AsyncGeneratorTest, gives_its_values_with_no_hop_and_then_none) {
    const auto main = [&]() -> Coro<> {
        AsyncGenerator<int> generator = numbers(2);
        note("made");
        while (const std::optional<int> number = co_await generator.next()) note(std::to_string(*number));
        note("after");
        EXPECT_FALSE(co_await generator.next());
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:made", "0:begin", "0:1", "0:2", "0:end", "0:after"));
}

TEST_F(AsyncGeneratorTest, waits_in_the_task_that_asks) {
    const auto main = [&]() -> Coro<> {
        AsyncGenerator<int> generator = numbers(2, Duration::zero());
        while (const std::optional<int> number = co_await generator.next()) note(std::to_string(*number));
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:begin", "1:1", "2:2", "2:end"));
}

TEST_F(AsyncGeneratorTest, throws_what_its_body_throws_and_has_ended) {
    const auto failing = []() -> AsyncGenerator<int> {
        co_yield 1;
        throw ValueError("from the body");
    };
    const auto main = [&]() -> Coro<> {
        AsyncGenerator<int> generator = failing();
        EXPECT_EQ(co_await generator.next(), 1);
        try {
            co_await generator.next();
            note("not reached");
        } catch (const ValueError& error) {
            note(error.what());
        }
        EXPECT_FALSE(co_await generator.next());
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:from the body"));
}

TEST_F(AsyncGeneratorTest, that_is_dropped_is_closed_by_a_task_of_its_own) {
    const auto main = [&]() -> Coro<> {
        {
            AsyncGenerator<int> generator = numbers(9);
            co_await generator.next();
        }
        note("dropped");
        for (int count = 0; count < 3; ++count) co_await sleep(0);
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:begin", "0:dropped", "2:GeneratorExit in task 2"));
    std::size_t wakeups = 0;
    for (EventIndex at{1}; at < log.end_index(); ++at)
        wakeups += trace::details_of(log, at) == "io '_read_from_self' for no task" &&
                   log[at].kind() == trace::Kind::callback;
    EXPECT_EQ(wakeups, 1u) << "asyncio asks for that by call_soon_threadsafe";
}

TEST_F(AsyncGeneratorTest, that_has_ended_or_never_begun_needs_no_closing) {
    const auto main = [&]() -> Coro<> {
        { const AsyncGenerator<int> unused = numbers(1); }
        AsyncGenerator<int> generator = numbers(0);
        EXPECT_FALSE(co_await generator.next());
        co_await generator.aclose();
        AsyncGenerator<int> closed_before_it_began = numbers(1);
        co_await closed_before_it_began.aclose();
        EXPECT_FALSE(co_await closed_before_it_began.next());
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(notes, ElementsAre("0:begin", "0:end"));
}

TEST_F(AsyncGeneratorTest, is_closed_in_the_task_that_asks_for_it) {
    const auto main = [&]() -> Coro<> {
        AsyncGenerator<int> generator = numbers(9);
        co_await generator.next();
        co_await generator.aclose();
        note("closed");
        EXPECT_FALSE(co_await generator.next());
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(notes, ElementsAre("0:begin", "0:GeneratorExit in task 1", "0:closed"));
}

TEST_F(AsyncGeneratorTest, that_does_not_want_to_end_is_an_error) {
    const auto main = [&]() -> Coro<> {
        AsyncGenerator<int> generator = stubborn();
        co_await generator.next();
        try {
            co_await generator.aclose();
        } catch (const RuntimeError& error) {
            note(error.what());
        }
        EXPECT_FALSE(co_await generator.next());
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(notes, ElementsAre("0:never", "0:async generator ignored GeneratorExit"));
}

TEST_F(AsyncGeneratorTest, gives_its_values_to_one_at_a_time) {
    const auto ask = [&](AsyncGenerator<int>& generator) -> Coro<> {
        try {
            co_await generator.next();
            note("got it");
        } catch (const RuntimeError& error) {
            note(error.what());
        }
    };
    const auto main = [&]() -> Coro<> {
        AsyncGenerator<int> generator = numbers(1, Duration::zero());
        const Task<> first = create_task(ask(generator));
        const Task<> second = create_task(ask(generator));
        co_await first;
        co_await second;
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:begin", "1:another task waits for this generator's next value already",
                                   "2:got it", "5:GeneratorExit in task 4"));
}

TEST_F(AsyncGeneratorTest, is_not_closed_while_somebody_waits_for_a_value) {
    const auto consume = [&](AsyncGenerator<int>& generator) -> Coro<> {
        while (const std::optional<int> number = co_await generator.next()) note(std::to_string(*number));
    };
    const auto main = [&]() -> Coro<> {
        AsyncGenerator<int> generator = numbers(2, Duration::zero());
        const Task<> consumer = create_task(consume(generator));
        co_await sleep(0);
        try {
            co_await generator.aclose();
        } catch (const RuntimeError& error) {
            note(error.what());
        }
        co_await consumer;
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(notes,
                ElementsAre("1:begin", "1:a generator cannot be closed while a task waits for its next value",
                            "2:1", "3:2", "3:end"));
}

TEST_F(AsyncGeneratorTest, has_the_cancellation_of_the_task_that_asks) {
    const auto consume = [&]() -> Coro<> {
        AsyncGenerator<int> generator = numbers(9, std::chrono::seconds(1));
        while (co_await generator.next()) note("a number");
    };
    const auto main = [&]() -> Coro<> {
        const Task<> consumer = create_task(consume());
        co_await sleep(0);
        consumer.cancel();
        co_await sleep(0);
        EXPECT_TRUE(consumer.cancelled());
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:begin", "2:CancelledError in task 2"));
}

TEST_F(AsyncGeneratorTest, is_dropped_with_a_loop_that_ends) {
    {
        trace::Log another_log;
        context::Storages another_storages;
        loop::EventLoop another(another_log, another_storages);
        const auto main = [&]() -> Coro<> {
            AsyncGenerator<int> generator = numbers(9);
            co_await generator.next();
            co_await create_future();
        };
        create_task(another, main());
        another.run();
        EXPECT_EQ(notes.size(), 1u);
    }
    EXPECT_EQ(notes.size(), 1u) << "its body is not resumed";
}

/// Yields 1, 2, 3 and prints what was sent, as PEP 525 has it.
AsyncGenerator<int, std::string> echo(std::string& heard) {
    for (int number = 1; number <= 3; ++number) {
        try {
            const std::optional<std::string> sent = co_yield number;
            heard += sent.value_or("-");
        } catch (const ValueError& error) {
            heard += std::string("(") + error.what() + ")";
        }
    }
}

TEST_F(AsyncGeneratorTest, is_sent_what_its_co_yield_results_in) {
    std::string heard;
    const auto main = [&]() -> Coro<> {
        AsyncGenerator<int, std::string> generator = echo(heard);
        try {
            co_await generator.asend("too early");
            note("not reached");
        } catch (const TypeError&) {
            note("TypeError");
        }
        EXPECT_EQ(co_await generator.next(), 1);
        EXPECT_EQ(co_await generator.asend("a"), 2);
        EXPECT_EQ(co_await generator.next(), 3);
        EXPECT_FALSE(co_await generator.asend("b"));
        EXPECT_FALSE(co_await generator.asend("c")) << "it is over";
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(heard, "a-b");
    EXPECT_THAT(notes, ElementsAre("0:TypeError"));
}

TEST_F(AsyncGeneratorTest, is_thrown_an_error_where_it_is_suspended) {
    std::string heard;
    const auto main = [&]() -> Coro<> {
        AsyncGenerator<int, std::string> generator = echo(heard);
        EXPECT_EQ(co_await generator.next(), 1);
        EXPECT_EQ(co_await generator.athrow(ValueError("x")), 2) << "it catches and goes on";
        try {
            co_await generator.athrow(RuntimeError("y"));
            note("not reached");
        } catch (const RuntimeError& error) {
            note(error.what());
        }
        EXPECT_FALSE(co_await generator.athrow(RuntimeError("z"))) << "it is over";
        AsyncGenerator<int, std::string> fresh = echo(heard);
        try {
            co_await fresh.athrow(ValueError("before it began"));
            note("not reached");
        } catch (const ValueError& error) {
            note(error.what());
        }
        EXPECT_FALSE(co_await fresh.next());
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(heard, "(x)");
    EXPECT_THAT(notes, ElementsAre("0:y", "0:before it began"));
}

TEST_F(AsyncGeneratorTest, that_is_dropped_while_a_task_waits_for_it_lives_as_long_as_that_waits) {
    std::optional<AsyncGenerator<int>> generator;
    const auto waiter = [&]() -> Coro<> {
        const std::optional<int> number = co_await generator->next();
        note(std::to_string(number.value_or(0)));
    };
    const auto main = [&]() -> Coro<> {
        generator.emplace(numbers(9, Duration::zero()));
        const Task<> task = create_task(waiter());
        co_await sleep(0);
        generator.reset();
        co_await task;
        for (int count = 0; count < 3; ++count) co_await sleep(0);
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:begin", "2:1", "4:GeneratorExit in task 3"));
}

}  // namespace
}  // namespace loopscope::task
