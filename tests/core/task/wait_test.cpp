#include "core/task/wait.hpp"

#include "core/task/sleep.hpp"
#include "core/task/wait_for.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

class WaitTest : public LoopFixture {
  protected:
    Coro<int> after(Duration delay, int value) {
        try {
            co_await task::sleep(delay);
        } catch (const CancelledError&) {
            note(fmt::format("{} cancelled", value));
            throw;
        }
        co_return value;
    }
    Coro<int> fails(Duration delay) {
        co_await task::sleep(delay);
        throw ValueError("no luck");
    }
    /// Three tasks that end one after the other; the second fails if it is to.
    std::vector<Task<int>> three(bool second_fails = false) {
        std::vector<Task<int>> tasks;
        tasks.push_back(create_task(after(1s, 1)));
        tasks.push_back(create_task(second_fails ? fails(2s) : after(2s, 2)));
        tasks.push_back(create_task(after(3s, 3)));
        return tasks;
    }
    /// The seconds that waiting took, how many were done then, and how many were not.
    std::vector<std::int64_t> waited(ReturnWhen when, std::optional<Duration> timeout = {},
                                     bool fail = false) {
        std::vector<std::int64_t> found;
        const auto main = [&]() -> Coro<> {
            const Waited<Task<int>> result = co_await wait(three(fail), when, timeout);
            const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(loop.time());
            found.push_back(seconds.count());
            found.push_back(static_cast<std::int64_t>(result.done.size()));
            found.push_back(static_cast<std::int64_t>(result.pending.size()));
        };
        run(main());
        return found;
    }
};

TEST_F(WaitTest, is_over_when_all_are_done) {
    EXPECT_THAT(waited(ReturnWhen::all_completed), ElementsAre(3, 3, 0));
}

TEST_F(WaitTest, for_the_first_leaves_the_others_running) {
    EXPECT_THAT(waited(ReturnWhen::first_completed), ElementsAre(1, 1, 2));
    EXPECT_THAT(notes, IsEmpty()) << "nobody was cancelled";
}

TEST_F(WaitTest, for_the_first_exception_is_not_over_at_a_result) {
    EXPECT_THAT(waited(ReturnWhen::first_exception, {}, true), ElementsAre(2, 2, 1));
}

TEST_F(WaitTest, for_an_exception_that_does_not_come_waits_for_all) {
    EXPECT_THAT(waited(ReturnWhen::first_exception), ElementsAre(3, 3, 0));
}

TEST_F(WaitTest, ends_at_its_timeout_and_cancels_nobody) {
    EXPECT_THAT(waited(ReturnWhen::all_completed, 2500ms), ElementsAre(2, 2, 1));
    EXPECT_THAT(notes, IsEmpty());
}

TEST_F(WaitTest, takes_what_it_is_given_twice_as_one) {
    std::size_t done = 0;
    const auto main = [&]() -> Coro<> {
        const Task<int> task = create_task(after(1s, 1));
        std::vector<Task<int>> twice;
        twice.push_back(task);
        twice.push_back(task);
        const Waited<Task<int>> result = co_await wait(std::move(twice));
        done = result.done.size();
    };
    run(main());
    EXPECT_EQ(done, 1U);
}

TEST_F(WaitTest, wait_for_gives_the_result_that_comes_in_time) {
    int value = 0;
    const auto main = [&]() -> Coro<> { value = co_await wait_for(after(1s, 7), 2s); };
    run(main());
    EXPECT_EQ(value, 7);
}

TEST_F(WaitTest, wait_for_cancels_what_takes_too_long_and_says_so) {
    const auto main = [&]() -> Coro<> {
        try {
            co_await wait_for(after(3s, 3), 1s);
        } catch (const TimeoutError&) {
            note("too late");
        }
    };
    run(main());
    ASSERT_EQ(notes.size(), 2U);
    EXPECT_THAT(notes[0], testing::EndsWith("3 cancelled"));
    EXPECT_THAT(notes[1], testing::EndsWith("too late"));
    EXPECT_EQ(loop.time(), Time(1s));
}

TEST_F(WaitTest, of_different_types_tells_them_apart_by_what_they_are) {
    const auto number = []() -> Coro<int> { co_return 7; };
    const auto main = [&]() -> Coro<> {
        const Task<int> task = create_task(number());
        const Future<std::string> future = create_future<std::string>();
        const std::vector<AnyFuture> both{task, future, task};
        const auto [done, pending] = co_await wait(both, ReturnWhen::first_completed);
        EXPECT_EQ(done, std::vector<AnyFuture>{task});
        EXPECT_EQ(pending, std::vector<AnyFuture>{future});
        future.set_exception(ValueError());
        co_await done.front();
        EXPECT_THROW(pending.front().result(), ValueError);
    };
    EXPECT_NO_THROW(run(main()).result());
}

}  // namespace
}  // namespace loopscope::task
