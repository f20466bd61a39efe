#include "core/trace/running.hpp"

#include "core/task/callbacks.hpp"
#include "core/task/sleep.hpp"
#include "core/trace/index.hpp"
#include "core/trace/state.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::trace {
namespace {

/// Tasks that start eagerly, and what the fold and the index make of it.
class RunningTest : public LoopFixture {
  protected:
    RunningTest() { loop.set_eager_tasks(true); }

    static task::Coro<> waits() { co_await task::sleep(Duration::zero()); }
    static task::Coro<> makes_one() {
        const task::Task<> inner = task::create_task(waits());
        co_await inner;
    }
    static task::Coro<> makes_two() {
        const task::Task<> first = task::create_task(makes_one());
        const task::Task<> second = task::create_task(waits());
        co_await first;
        co_await second;
    }

    /// The parents of tasks 1, 2, …; 0: a root.
    std::vector<std::uint32_t> parents() {
        Index index;
        index.update(log);
        State state;
        for (EventIndex at; at < log.end_index(); ++at) state.apply(log[at]);
        std::vector<std::uint32_t> result;
        for (std::uint32_t id = 1; id <= index.tasks().size(); ++id) {
            result.push_back(index.task(TaskId{id}).parent.value);
            EXPECT_EQ(state.task(TaskId{id}).parent, index.task(TaskId{id}).parent);
        }
        return result;
    }
};

TEST_F(RunningTest, knows_who_spawns_after_an_eager_start_within_the_step) {
    run(makes_two());
    EXPECT_THAT(parents(), testing::ElementsAre(0, 1, 2, 1));
}

TEST_F(RunningTest, knows_that_a_task_made_by_a_callback_is_a_root) {
    task::call_soon(loop, [] { task::create_task(makes_one()); });
    loop.run();
    EXPECT_THAT(parents(), testing::ElementsAre(0, 1));
}

TEST_F(RunningTest, keeps_the_queue_as_the_loop_has_it_through_eager_starts_in_callbacks) {
    task::call_soon(loop, [] { task::create_task(waits()); });
    task::call_soon(loop, [] {});
    loop.run_once();
    State state;
    for (EventIndex at; at < log.end_index(); ++at) state.apply(log[at]);
    ASSERT_EQ(state.ready().size(), loop.ready().size());
    EXPECT_FALSE(state.ready().front().is_step);
    EXPECT_TRUE(state.ready().back().is_step);
    EXPECT_EQ(state.left_in_iteration(), loop.left_in_iteration());
}

TEST_F(RunningTest, is_nested_for_as_long_as_the_eager_step_lasts) {
    run(makes_two());
    Running running;
    std::vector<std::string> steps;
    for (EventIndex at; at < log.end_index(); ++at) {
        running.apply(log[at]);
        if (log[at].kind() == Kind::step)
            steps.push_back(fmt::format("{}{}", log[at].subject, running.nested() ? " nested" : ""));
    }
    ASSERT_GE(steps.size(), 4U);
    steps.resize(4);
    EXPECT_THAT(steps, testing::ElementsAre("1", "2 nested", "3 nested", "4 nested"));
    EXPECT_FALSE(running.task());
}

}  // namespace
}  // namespace loopscope::trace
