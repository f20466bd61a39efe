#include "core/task/sync/queue.hpp"

#include "core/task/sleep.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;

class QueueTest : public LoopFixture {
  protected:
    Coro<> get(Queue<int> queue, std::string_view who) {
        try {
            note(fmt::format("{} got {}", who, co_await queue.get()));
        } catch (const QueueShutDown&) {
            note(fmt::format("{} shut down", who));
        }
    }
    Coro<> put(Queue<int> queue, int item) {
        co_await queue.put(item);
        note(fmt::format("put {}", item));
    }
    Coro<> join(Queue<int> queue) {
        co_await queue.join();
        note("joined");
    }
};

TEST_F(QueueTest, gives_items_to_those_who_wait_in_the_order_in_which_they_came) {
    const Queue<int> queue;
    create_task(loop, get(queue, "a"));
    create_task(loop, get(queue, "b"));
    const auto main = [&]() -> Coro<> {
        queue.put_nowait(1);
        queue.put_nowait(2);
        co_return;
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:a got 1", "1:b got 2"));
}

TEST_F(QueueTest, that_is_full_lets_those_who_put_wait) {
    const Queue<int> queue(1);
    create_task(loop, put(queue, 1));
    create_task(loop, put(queue, 2));
    const auto main = [&]() -> Coro<> {
        co_await task::sleep(Duration::zero());
        EXPECT_TRUE(queue.full());
        EXPECT_EQ(queue.get_nowait(), 1);
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:put 1", "2:put 2"));
    EXPECT_EQ(queue.qsize(), 1U);
}

TEST_F(QueueTest, takes_items_that_cannot_be_copied_assigned_or_addressed) {
    struct Job {
        const int number;
    };
    const auto main = [&]() -> Coro<> {
        const Queue<Job> jobs;
        jobs.put_nowait({1});
        const Queue<bool> flags;
        flags.put_nowait(true);
        const Queue<std::unique_ptr<int>> owners;
        co_await owners.put(std::make_unique<int>(3));
        note(fmt::format("{} {} {}", jobs.get_nowait().number, flags.get_nowait(), *co_await owners.get()));
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:1 true 3"));
}

TEST_F(QueueTest, is_joined_when_each_item_was_said_to_be_done) {
    const Queue<int> queue;
    const auto main = [&]() -> Coro<> {
        queue.put_nowait(1);
        queue.put_nowait(2);
        const Task<> joining = create_task(join(queue));
        for (int items = 2; items > 0; --items) {
            co_await task::sleep(Duration::zero());
            queue.get_nowait();
            EXPECT_FALSE(joining.done());
            queue.task_done();
        }
        EXPECT_THROW(queue.task_done(), ValueError);
        co_await joining;
    };
    EXPECT_TRUE(run(main()).done());
    EXPECT_EQ(notes.size(), 1U);
}

TEST_F(QueueTest, that_is_shut_down_gives_what_is_left_and_then_no_more) {
    const Queue<int> queue;
    queue.put_nowait(1);
    const auto main = [&]() -> Coro<> {
        queue.shutdown();
        EXPECT_THROW(queue.put_nowait(2), QueueShutDown);
        EXPECT_EQ(queue.get_nowait(), 1);
        EXPECT_THROW(queue.get_nowait(), QueueShutDown);
        co_return;
    };
    EXPECT_TRUE(run(main()).done());
}

TEST_F(QueueTest, that_is_shut_down_wakes_those_who_wait) {
    const Queue<int> queue;
    create_task(loop, get(queue, "a"));
    const auto main = [&]() -> Coro<> {
        queue.shutdown();
        co_return;
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:a shut down"));
}

TEST_F(QueueTest, that_is_empty_or_full_says_so_to_those_who_do_not_wait) {
    const Queue<int> queue(1);
    const auto main = [&]() -> Coro<> {
        EXPECT_THROW(queue.get_nowait(), QueueEmpty);
        queue.put_nowait(1);
        EXPECT_THROW(queue.put_nowait(2), QueueFull);
        co_return;
    };
    EXPECT_TRUE(run(main()).done());
}

}  // namespace
}  // namespace loopscope::task
