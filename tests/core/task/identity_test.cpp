// Who is who: tasks' names, contexts and coroutines, all tasks, and callbacks that are equal.

#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"
#include "core/trace/index.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using task::sleep;
using testing::ElementsAre;

class Identity : public LoopFixture {
  protected:
    static Coro<> nothing() { co_return; }
    static Coro<> yields() { co_await sleep(0); }

    const Variable symbol_{"symbol", "."};
};

TEST_F(Identity, of_tasks_without_a_name_is_a_count_of_those_without_one) {
    const auto main = [&]() -> Coro<> {
        const Task<> first = create_task(nothing());
        const Task<> named = create_task(nothing(), {.name = "named"});
        const Task<> third = create_task(nothing());
        third.set_name("renamed");
        const Task<> fourth = create_task(nothing());
        for (const Task<>& task : {first, named, third, fourth}) note(task.get_name());
        note(current_task().get_name());
        co_return;
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:Task-2", "0:named", "0:renamed", "0:Task-4", "0:Task-1"));
}

TEST_F(Identity, of_a_renamed_task_is_in_the_trace) {
    const auto main = [&]() -> Coro<> {
        current_task().set_name("later");
        EXPECT_EQ(current_task().get_name(), "later");
        co_return;
    };
    run(main());
    trace::Index index;
    index.update(log);
    EXPECT_EQ(log.strings()[index.task(TaskId{1}).name], "later");
}

TEST_F(Identity, all_tasks_are_those_that_have_not_ended_in_order) {
    const auto main = [&]() -> Coro<> {
        const Task<> ended = create_task(nothing(), {.name = "ended"});
        const Task<> left = create_task(yields(), {.name = "left"});
        co_await sleep(0);
        const Task<> fresh = create_task(nothing(), {.name = "fresh"});
        for (const AnyTask& task : all_tasks()) note(task.get_name());
        EXPECT_TRUE(all_tasks()[1] == AnyTask(left));
        co_await gather(left, fresh);
        EXPECT_EQ(all_tasks().size(), 1u);
        for (const AnyTask& task : all_tasks()) task.cancel("all of you");
        co_await sleep(0);
    };
    const Task<> task = run(main());
    EXPECT_TRUE(task.cancelled());
    EXPECT_THAT(notes, ElementsAre("1:Task-1", "1:left", "1:fresh"));
    EXPECT_THROW(static_cast<void>(all_tasks()), RuntimeError) << "no loop runs";
}

TEST_F(Identity, of_a_coroutine_is_gone_when_the_task_has_ended) {
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(nothing());
        EXPECT_TRUE(task.get_coro());
        co_await task;
        EXPECT_FALSE(task.get_coro());
    };
    run(main());
}

std::string heard;
void hear(const Task<int>& task) {
    heard += std::to_string(task.result());
}
void hear_nothing() {
    heard += "-";
}

TEST_F(Identity, of_callbacks_is_that_of_their_function) {
    heard.clear();
    const auto main = [&]() -> Coro<> {
        const Task<int> task = create_task([]() -> Coro<int> { co_return 7; }());
        task.add_done_callback(hear);
        task.add_done_callback(hear_nothing);
        task.add_done_callback(hear);
        const DoneCallback other = task.add_done_callback([] { heard += "!"; });
        EXPECT_EQ(task.remove_done_callback(hear), 2u);
        EXPECT_EQ(task.remove_done_callback(hear), 0u);
        EXPECT_EQ(task.remove_done_callback(other), 1u);
        task.add_done_callback(hear);
        co_await task;
        EXPECT_EQ(task.remove_done_callback(hear), 0u) << "it is done";
        co_await sleep(0);
    };
    run(main());
    EXPECT_EQ(heard, "-7");
}

TEST_F(Identity, of_a_context_is_what_its_task_runs_in) {
    storages.select(trace::Storage::contextvar);
    const auto main = [&]() -> Coro<> {
        const auto later = [&]() -> Coro<> {
            co_await sleep(0);
            print(symbol_.get());
        };
        const Task<> child = create_task(later());
        run_in(child.get_context(), [&] { symbol_.set("a"); });
        print(symbol_.get());
        co_await child;
        EXPECT_EQ(log.strings()[symbol_.get_in(child.get_context()).text], "a");
        EXPECT_TRUE(symbol_.is_in(child.get_context()));
    };
    run(main());
    EXPECT_EQ(trace::output_of(log), ".a");
}

}  // namespace
}  // namespace loopscope::task
