// What runs in which iteration when tasks start eagerly. The lines are CPython 3.13's.

#include "core/task/gather.hpp"
#include "core/task/task_group.hpp"
#include "tests/core/task/hops.hpp"

namespace loopscope::task {
namespace {

class EagerHopsTest : public HopsTest {
  protected:
    EagerHopsTest() { loop.set_eager_tasks(true); }

    Coro<> step(std::string_view what) {
        hop(what);
        co_return;
    }
    Coro<> two_steps(std::string_view first, std::string_view second) {
        hop(first);
        co_await yield();
        hop(second);
    }
};

TEST_F(EagerHopsTest, eager_blocking) {
    const auto main = [&]() -> Coro<> {
        hop("create_task");
        const Task<> task = create_task(two_steps("child step", "child 2"));
        hop(fmt::format("parent continues done={}", task.done()));
        co_await task;
        hop("after");
    };
    EXPECT_EQ(hops_of(main()),
              "0:create_task; 0:child step; 0:parent continues done=false; 1:child 2; 2:after;");
}

TEST_F(EagerHopsTest, eager_sync) {
    const auto main = [&]() -> Coro<> {
        hop("create_task");
        const Task<> task = create_task(step("child runs to end"));
        hop(fmt::format("done={}", task.done()));
        co_await task;
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:create_task; 0:child runs to end; 0:done=true; 0:after;");
}

TEST_F(EagerHopsTest, eager_gather_sync) {
    const auto main = [&]() -> Coro<> {
        hop("gather");
        co_await gather(step("c1"), step("c2"));
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:gather; 0:c1; 0:c2; 0:after;");
}

TEST_F(EagerHopsTest, eager_gather_blocking) {
    const auto main = [&]() -> Coro<> {
        hop("gather");
        co_await gather(two_steps("c1", "c1'"), two_steps("c2", "c2'"));
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:gather; 0:c1; 0:c2; 1:c1'; 1:c2'; 3:after;");
}

TEST_F(EagerHopsTest, eager_taskgroup) {
    const auto body = [&](TaskGroup& group) -> Coro<> {
        hop("tg");
        group.create_task(step("c1"));
        group.create_task(step("c2"));
        hop("body end");
        co_return;
    };
    const auto main = [&]() -> Coro<> {
        co_await task_group(body);
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:tg; 0:c1; 0:c2; 0:body end; 0:after;");
}

}  // namespace
}  // namespace loopscope::task
