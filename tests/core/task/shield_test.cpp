#include "core/task/shield.hpp"

#include <string>

#include "core/task/sleep.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class ShieldTest : public LoopFixture {
  protected:
    static Coro<std::string> give(Duration delay) {
        co_await sleep(delay);
        co_return "result";
    }
    static Coro<std::string> fail(Duration delay) {
        co_await sleep(delay);
        throw ValueError("no luck");
    }
    /// How awaiting it ends.
    static Coro<std::string> outcome(Future<std::string> shielded) {
        try {
            co_return co_await shielded;
        } catch (const BaseException& error) {
            co_return std::string(error.name());
        }
    }
};

TEST_F(ShieldTest, gives_what_the_task_gives) {
    const auto main = [&]() -> Coro<std::string> { co_return co_await outcome(shield(give(1s))); };
    EXPECT_EQ(run(main()).result(), "result");
}

TEST_F(ShieldTest, throws_what_the_task_throws) {
    const auto main = [&]() -> Coro<std::string> { co_return co_await outcome(shield(fail(1s))); };
    EXPECT_EQ(run(main()).result(), "ValueError");
}

TEST_F(ShieldTest, of_what_is_done_takes_no_hop) {
    const auto main = [&]() -> Coro<> {
        const Task<std::string> given = create_task(give(0s));
        const Task<std::string> failed = create_task(fail(0s));
        const Task<std::string> cancelled = create_task(give(1s));
        cancelled.cancel();
        co_await sleep(1s);
        for (const auto& task : {given, failed, cancelled}) note(co_await outcome(shield(task)));
        const Future<std::string> future = create_future<std::string>();
        future.set_result("at once");
        note(co_await outcome(shield(future)));
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("4:result", "4:ValueError", "4:CancelledError", "4:at once"));
}

TEST_F(ShieldTest, keeps_a_cancellation_from_the_task) {
    const auto main = [&]() -> Coro<> {
        const Task<std::string> task = create_task(give(1s));
        const Future<std::string> shielded = shield(task);
        EXPECT_TRUE(shielded.cancel());
        note(co_await outcome(shielded));
        note(co_await task);
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:CancelledError", "4:result"));
}

}  // namespace
}  // namespace loopscope::task
