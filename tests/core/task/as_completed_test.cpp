// The lines of hops are CPython 3.13's.

#include "core/task/as_completed.hpp"

#include "tests/core/task/hops.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;

class AsCompletedTest : public HopsTest {
  protected:
    Coro<std::string> step(std::string name, Duration delay) {
        co_await task::sleep(delay);
        hop(name + " ends");
        co_return name;
    }
    Coro<std::string> fails(Duration delay) {
        co_await task::sleep(delay);
        throw ValueError("no luck");
    }
    /// Each ends at its time and is called by it.
    template <class... Seconds>
    std::vector<Task<std::string>> steps(Seconds... seconds) {
        return {create_task(step(fmt::format("t{}", seconds), std::chrono::seconds(seconds)))...};
    }
    /// Asks so often, and notes what came.
    Coro<> ask(AsCompleted<Task<std::string>> completed, int times) {
        for (; times > 0; --times) {
            try {
                const std::optional<Task<std::string>> task = co_await completed.next();
                hop(task ? task->result() : "over");
            } catch (const TimeoutError&) {
                hop("TimeoutError");
            } catch (const ValueError&) {
                hop("ValueError");
            } catch (const CancelledError&) {
                hop("reader cancelled");
                throw;
            }
        }
    }
};

TEST_F(AsCompletedTest, gives_the_first_that_is_done_first) {
    const auto main = [&]() -> Coro<> {
        hop("as_completed");
        co_await ask(as_completed(steps(2, 1)), 3);
    };
    EXPECT_EQ(hops_of(main()), "0:as_completed; 3:t1 ends; 5:t1; 7:t2 ends; 9:t2; 9:over;");
}

TEST_F(AsCompletedTest, gives_one_that_was_done_before_two_iterations_later) {
    const auto main = [&]() -> Coro<> {
        const Future<int> future = create_future<int>();
        future.set_result(1);
        hop("as_completed");
        const AsCompleted completed = as_completed(std::vector<Future<int>>(1, future));
        while (const std::optional<Future<int>> done = co_await completed.next())
            hop(fmt::format("done {}", done->result()));
        hop("after");
    };
    EXPECT_EQ(hops_of(main()), "0:as_completed; 2:done 1; 2:after;");
}

TEST_F(AsCompletedTest, gives_a_future_two_iterations_after_it_is_done_and_one_given_twice_once) {
    const auto reader = [&](Future<int> future) -> Coro<> {
        const AsCompleted completed = as_completed(std::vector<Future<int>>(2, future));
        while (co_await completed.next()) hop("done");
        hop("after");
    };
    const auto main = [&]() -> Coro<> {
        const Future<int> future = create_future<int>();
        create_task(reader(future));
        co_await yield();
        begin_here();
        future.set_result(1);
        hop("set_result");
    };
    EXPECT_EQ(hops_of(main()), "0:set_result; 2:done; 2:after;");
}

TEST_F(AsCompletedTest, throws_a_timeout_for_each_that_was_not_done_in_time_and_lets_them_run) {
    const auto main = [&]() -> Coro<> {
        co_await ask(as_completed(steps(1, 3, 5), 2s), 4);
        co_await task::sleep(9s);
        hop("end");
    };
    EXPECT_EQ(hops_of(main()),
              "3:t1 ends; 5:t1; 7:TimeoutError; 7:TimeoutError; 7:over; 9:t3 ends; "
              "11:t5 ends; 13:end;");
}

TEST_F(AsCompletedTest, keeps_what_happened_for_one_who_asks_late) {
    const auto main = [&]() -> Coro<> {
        const AsCompleted completed = as_completed(steps(1, 3), 2s);
        co_await task::sleep(4s);
        begin_here();
        co_await ask(completed, 3);
    };
    EXPECT_EQ(hops_of(main()), "0:t1; 0:TimeoutError; 0:over;");
}

TEST_F(AsCompletedTest, gives_one_that_failed_like_any_other) {
    const auto main = [&]() -> Coro<> {
        std::vector<Task<std::string>> tasks = steps(2);
        tasks.push_back(create_task(fails(1s)));
        co_await ask(as_completed(tasks), 2);
    };
    EXPECT_EQ(hops_of(main()), "5:ValueError; 7:t2 ends; 9:t2;");
}

TEST_F(AsCompletedTest, makes_tasks_of_coroutines) {
    const auto main = [&]() -> Coro<> {
        std::vector<Coro<std::string>> coroutines;
        for (const int seconds : {2, 1})
            coroutines.push_back(step(numbered("t", seconds), std::chrono::seconds(seconds)));
        co_await ask(as_completed(std::move(coroutines)), 2);
    };
    EXPECT_EQ(hops_of(main()), "3:t1 ends; 5:t1; 7:t2 ends; 9:t2;");
}

TEST_F(AsCompletedTest, cancels_nothing_when_its_reader_is_cancelled) {
    const auto main = [&]() -> Coro<> {
        const std::vector<Task<std::string>> tasks = steps(2);
        const Task<> reader = create_task(ask(as_completed(tasks), 1));
        co_await yield();
        begin_here();
        reader.cancel();
        hop("cancel");
        co_await task::sleep(5s);
    };
    EXPECT_EQ(hops_of(main()), "0:cancel; 1:reader cancelled; 3:t2 ends;");
}

TEST_F(AsCompletedTest, of_nothing_is_over_at_once) {
    const auto main = [&]() -> Coro<> {
        co_await ask(as_completed(std::vector<Task<std::string>>(), 1s), 1);
    };
    EXPECT_EQ(hops_of(main()), "0:over;");
    EXPECT_EQ(loop.time(), Time(0));
}

TEST_F(AsCompletedTest, is_dropped_while_its_futures_and_its_time_still_run) {
    const auto main = [&]() -> Coro<> {
        const std::vector<Future<int>> futures(1, create_future<int>());
        static_cast<void>(as_completed(futures, 1s));
        co_await task::sleep(2s);
        hop("after");
        static_cast<void>(as_completed(futures, 5s));
        loop.stop();
    };
    create_task(loop, main());
    EXPECT_EQ(loop.run(), loop::Progress::stopped);
    EXPECT_EQ(hops_, "3:after;");
    EXPECT_EQ(loop.next_time(), Time(7s));
}

/// CPython 3.13: `for each in as_completed(tasks, timeout=3): await each`.
TEST_F(AsCompletedTest, in_a_plain_loop_gives_results_errors_and_timeouts_in_order) {
    const auto after = [](int seconds, bool fails) -> Coro<int> {
        co_await sleep(std::chrono::seconds(seconds));
        if (fails) throw ValueError();
        co_return seconds;
    };
    const auto main = [&]() -> Coro<> {
        std::vector<Coro<int>> coroutines;
        coroutines.push_back(after(2, true));
        coroutines.push_back(after(5, false));
        coroutines.push_back(after(1, false));
        std::string heard;
        for (Coro<int> each : as_completed(std::move(coroutines), std::chrono::seconds(3))) {
            try {
                heard += std::to_string(co_await std::move(each));
            } catch (const Exception& error) {
                heard += error.name();
            }
        }
        EXPECT_EQ(heard, "1ValueErrorTimeoutError");
    };
    EXPECT_NO_THROW(run(main()).result());
}

}  // namespace
}  // namespace loopscope::task
