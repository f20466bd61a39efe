#include "core/task/waiter.hpp"

namespace loopscope::task {

// Stands before all other includes: whoever includes waiter.hpp alone can wake a waiter.
static void wake(Waiter& waiter) {
    waiter.wake();
}

}  // namespace loopscope::task

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/task/until_woken.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;

class WaiterTest : public LoopFixture {
  protected:
    Coro<> sleeper() {
        sleeping_ = &current_task();
        note("sleeps");
        co_await UntilWoken(trace::Wait::event, 1, SourceLine(__builtin_LINE()));
        note("woken");
    }
    Coro<> waker() {
        EXPECT_TRUE(sleeping_->waits());
        wake(*sleeping_);
        EXPECT_TRUE(sleeping_->woken());
        note("wakes");
        co_return;
    }
    Waiter* sleeping_ = nullptr;
};

TEST_F(WaiterTest, resumes_in_the_iteration_after_the_one_in_which_it_is_woken) {
    const Task<> sleeping = create_task(loop, sleeper());
    run(waker());
    EXPECT_THAT(notes, ElementsAre("0:sleeps", "0:wakes", "1:woken"));
    EXPECT_FALSE(sleeping_->waits());
}

}  // namespace
}  // namespace loopscope::task
