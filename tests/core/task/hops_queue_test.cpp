// In which iteration those who put and get go on. The lines are CPython 3.13's.

#include "core/task/gather.hpp"
#include "core/task/sync/queue.hpp"
#include "tests/core/task/hops.hpp"

namespace loopscope::task {
namespace {

class QueueHopsTest : public HopsTest {};

TEST_F(QueueHopsTest, queue_put_get) {
    const Queue<std::string> queue;
    const auto getter = [&](int number) -> Coro<> {
        hop(numbered("g", number) + " got " + co_await queue.get());
    };
    const auto main = [&]() -> Coro<> {
        for (int number = 0; number < 2; ++number) create_task(getter(number));
        co_await yield();
        begin_here();
        hop("put_nowait x2");
        queue.put_nowait("A");
        queue.put_nowait("B");
    };
    EXPECT_EQ(hops_of(main()), "0:put_nowait x2; 1:g0 got A; 1:g1 got B;");
}

TEST_F(QueueHopsTest, queue_steal) {
    const Queue<std::string> queue;
    const auto getter = [&]() -> Coro<> { hop("waiting getter got " + co_await queue.get()); };
    const auto main = [&]() -> Coro<> {
        const Task<> task = create_task(getter());
        co_await yield();
        begin_here();
        hop("put A; get_nowait at once");
        queue.put_nowait("A");
        hop("stole " + queue.get_nowait());
        co_await yields(2);
        hop(fmt::format("getter done={}", task.done()));
        queue.put_nowait("B");
    };
    EXPECT_EQ(hops_of(main()),
              "0:put A; get_nowait at once; 0:stole A; 2:getter done=false; 3:waiting getter got B;");
}

TEST_F(QueueHopsTest, queue_full_put) {
    const Queue<int> queue(1);
    const auto putter = [&](int number) -> Coro<> {
        co_await queue.put(number);
        hop(numbered("p", number) + " put done");
    };
    const auto main = [&]() -> Coro<> {
        for (int number = 0; number < 3; ++number) create_task(putter(number));
        begin_next();
        co_await yield();
        hop("get");
        hop(numbered("got ", co_await queue.get()));
        hop(numbered("got? ", co_await queue.get()));
        hop(numbered("got ", co_await queue.get()));
    };
    EXPECT_EQ(hops_of(main()),
              "0:p0 put done; 0:get; 0:got 0; 1:p1 put done; 2:got? 1; 3:p2 put done; 4:got 2;");
}

TEST_F(QueueHopsTest, queue_join) {
    const Queue<int> queue;
    const auto joiner = [&]() -> Coro<> {
        co_await queue.join();
        hop("join returned");
    };
    const auto main = [&]() -> Coro<> {
        queue.put_nowait(1);
        create_task(joiner());
        co_await yield();
        begin_here();
        hop("task_done");
        queue.get_nowait();
        queue.task_done();
    };
    EXPECT_EQ(hops_of(main()), "0:task_done; 1:join returned;");
}

TEST_F(QueueHopsTest, queue_priority) {
    const PriorityQueue<int> queue(2);
    const auto putter = [&](int item) -> Coro<> {
        co_await queue.put(item);
        hop(numbered("put ", item));
    };
    const auto getter = [&]() -> Coro<> { hop(numbered("got ", co_await queue.get())); };
    const auto main = [&]() -> Coro<> {
        for (const int item : {5, 3, 9, 1}) create_task(putter(item));
        co_await yield();
        begin_here();
        for (int round = 0; round < 4; ++round) create_task(getter());
        co_await yields(6);
    };
    EXPECT_EQ(hops_of(main()), "1:got 3; 1:got 5; 2:put 9; 2:put 1; 3:got 1; 3:got 9;");
}

TEST_F(QueueHopsTest, queue_lifo) {
    const LifoQueue<int> queue;
    const auto getter = [&](std::string_view who) -> Coro<> {
        hop(fmt::format("{} got {}", who, co_await queue.get()));
    };
    const auto main = [&]() -> Coro<> {
        create_task(getter("a"));
        create_task(getter("b"));
        co_await yield();
        begin_here();
        for (int item = 0; item < 3; ++item) queue.put_nowait(item);
        hop("put three");
        co_await yields(3);
        hop(fmt::format("{} left", queue.get_nowait()));
    };
    EXPECT_EQ(hops_of(main()), "0:put three; 1:a got 2; 1:b got 1; 3:0 left;");
}

}  // namespace
}  // namespace loopscope::task
