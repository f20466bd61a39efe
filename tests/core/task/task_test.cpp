#include "core/task/task.hpp"

#include <memory>

#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;
using trace::Kind;
using trace::Outcome;
using namespace std::chrono_literals;

class TaskTest : public LoopFixture {
  protected:
    Coro<int> number(int value) {
        note("child");
        co_return value;
    }
    Coro<> raise() {
        throw ValueError("no luck");
        co_return;
    }
    trace::Event last(Kind kind) { return log[trace::all_of_kind(log, kind).back()]; }
};

TEST_F(TaskTest, begins_in_the_next_iteration) {
    const auto main = [&]() -> Coro<> {
        const Task<int> child = create_task(number(7));
        note("created");
        const int result = co_await child;
        note("after");
        EXPECT_EQ(result, 7);
    };
    run(main()).result();
    EXPECT_THAT(notes, ElementsAre("0:created", "1:child", "2:after"));
}

// README says what a suspended task takes: there may be a million of them.
TEST_F(TaskTest, is_small) {
    EXPECT_LE(sizeof(TaskState<void>), 104u);
    EXPECT_LE(sizeof(FutureState<void>), 40u);
}

TEST_F(TaskTest, has_a_result_for_everyone_who_asks) {
    const Task<int> child = create_task(loop, number(7));
    const auto waiter = [&]() -> Coro<int> { co_return co_await child; };
    const Task<int> first = create_task(loop, waiter());
    EXPECT_EQ(run(waiter()).result(), 7);
    EXPECT_EQ(first.result(), 7);
    EXPECT_EQ(child.result(), 7);
    EXPECT_EQ(run(waiter()).result(), 7) << "also later";
}

TEST_F(TaskTest, throws_what_it_threw_into_everyone_who_awaits_it) {
    const Task<> child = create_task(loop, raise());
    const auto waiter = [&]() -> Coro<> { co_await child; };
    EXPECT_THROW(run(waiter()).result(), ValueError);
    EXPECT_THROW(child.result(), ValueError);
    EXPECT_FALSE(child.cancelled());
}

TEST_F(TaskTest, tells_the_trace_on_which_line_it_is_awaited) {
    std::uint32_t line = 0;
    const auto yields = []() -> Coro<> { co_await sleep(Duration::zero()); };
    const auto outer = [&](std::uint32_t& awaited_on) -> Coro<> {
        const Task<> inner = create_task(yields());
        awaited_on = __LINE__ + 1;
        co_await inner;
    };
    run(outer(line));
    std::vector<std::uint32_t> lines;
    for (EventIndex at; at < log.end_index(); ++at) {
        const bool waits_for_task =
            log[at].kind() == trace::Kind::suspend && log[at].tag<trace::Wait>() == trace::Wait::task;
        if (waits_for_task) lines.push_back(log[at].line());
    }
    EXPECT_THAT(lines, testing::ElementsAre(line));
}

TEST_F(TaskTest, has_no_result_before_it_ends) {
    const Task<int> task = create_task(loop, number(7));
    EXPECT_FALSE(task.done());
    EXPECT_THROW(task.result(), InvalidStateError);
    loop.run();
    EXPECT_TRUE(task.done());
}

TEST_F(TaskTest, that_awaits_itself_is_told_so) {
    std::unique_ptr<Task<>> self;
    const auto main = [&]() -> Coro<> { co_await *self; };
    self = std::make_unique<Task<>>(create_task(loop, main()));
    EXPECT_EQ(loop.run(), loop::Progress::deadlock);
    EXPECT_THROW(self->result(), RuntimeError);
}

TEST_F(TaskTest, is_in_the_loops_table_until_it_ends) {
    const auto nap = [](Duration delay) -> Coro<> { co_await sleep(delay); };
    for (const Duration delay : {1s, 2s, 3s}) create_task(loop, nap(delay));
    EXPECT_EQ(loop.unfinished().size(), 3u);
    for (int iteration = 0; iteration < 3; ++iteration) loop.run_iteration();
    EXPECT_EQ(loop.unfinished().size(), 2u);
    loop.run();
    EXPECT_TRUE(loop.unfinished().empty());
}

TEST_F(TaskTest, says_in_the_trace_how_it_ended) {
    run(number(7));
    EXPECT_EQ(last(Kind::finish).tag<Outcome>(), Outcome::result);
    run(raise());
    EXPECT_EQ(last(Kind::finish).tag<Outcome>(), Outcome::exception);
    EXPECT_EQ(log.strings()[StringId{last(Kind::finish).a}], "ValueError");
}

TEST_F(TaskTest, says_in_the_trace_what_it_is_called_and_which_line_created_it) {
    create_task(loop, number(7), {.name = "seven"});
    EXPECT_EQ(last(Kind::spawn).line(), std::uint32_t{__LINE__ - 1});
    EXPECT_EQ(log.strings()[StringId{last(Kind::spawn).a}], "number");
    EXPECT_EQ(last(Kind::name).tag<trace::Named>(), trace::Named::task);
    EXPECT_EQ(log.strings()[StringId{last(Kind::name).a}], "seven");
}

/// What a task carries with it.
class TaskContextTest : public LoopFixture {
  protected:
    std::string symbol() { return std::string(log.strings()[symbol_.get().text]); }
    Coro<> set(std::string_view value) {
        symbol_.set(value);
        co_return;
    }
    Coro<std::string> get() { co_return symbol(); }

    const Variable symbol_{"symbol", "."};
};

TEST_F(TaskContextTest, is_a_copy_made_when_the_task_is_created) {
    storages.select(trace::Storage::contextvar);
    const auto main = [&]() -> Coro<> {
        symbol_.set("before");
        const Task<std::string> child = create_task(get());
        symbol_.set("after");
        EXPECT_EQ(co_await child, "before");
        co_await create_task(set("child's"));
        EXPECT_EQ(symbol(), "after");
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(TaskContextTest, is_shared_with_a_coroutine_that_is_awaited_directly) {
    for (const trace::Storage storage : trace::all_storages) {
        storages.select(storage);
        const auto main = [&]() -> Coro<> {
            co_await set("callee's");
            EXPECT_EQ(symbol(), "callee's") << name(storage);
        };
        EXPECT_NO_THROW(run(main()).result());
    }
}

TEST_F(TaskContextTest, may_be_given_as_it_is) {
    storages.select(trace::Storage::contextvar);
    const auto main = [&]() -> Coro<> {
        const Ref<context::Context> context(new context::Context);
        symbol_.set("mine");
        co_await create_task(set("theirs"), {.context = context});
        EXPECT_EQ(symbol(), "mine");
        EXPECT_EQ(co_await create_task(get(), {.context = context}), "theirs");
        const Task<std::string> sharing = create_task(get(), {.context = loop.scope().vars->context()});
        symbol_.set("mine, later");
        EXPECT_EQ(co_await sharing, "mine, later");
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(TaskContextTest, is_what_the_loops_task_factory_gives) {
    storages.select(trace::Storage::contextvar);
    loop.set_task_factory([](loop::EventLoop&) { return context::TaskContext{}; });
    const auto main = [&]() -> Coro<> {
        symbol_.set("main's");
        EXPECT_EQ(co_await create_task(get()), ".");
        loop.set_task_factory(nullptr);
        EXPECT_EQ(co_await create_task(get()), "main's");
    };
    EXPECT_NO_THROW(run(main()).result());
}

}  // namespace
}  // namespace loopscope::task
