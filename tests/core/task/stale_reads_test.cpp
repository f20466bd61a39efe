// Which reads are stale, in small programs: those of workers, callbacks and their like that serve one request
// in the context of another; and none where requests only wait for each other.

#include "core/task/as_completed.hpp"
#include "core/task/gather.hpp"
#include "core/task/shield.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/condition.hpp"
#include "core/task/sync/lock.hpp"
#include "core/task/sync/queue.hpp"
#include "core/task/sync/semaphore.hpp"
#include "core/task/task_group.hpp"
#include "core/task/timeout.hpp"
#include "core/task/variable.hpp"
#include "core/task/wait.hpp"
#include "core/task/wait_for.hpp"
#include "core/trace/index.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using trace::Storage;

const Variable symbol("symbol", ".");

class StaleReadsTest : public LoopFixture {
  protected:
    /// A worker's loop: it prints what it sees for each item.
    template <class Items>
    Coro<> serve(Items queue) {
        for (;;) {
            co_await queue.get();
            print(symbol.get());
            queue.task_done();
        }
    }
    /// Runs a program of two requests, a and b, which each set their symbol and then run a body. Returns what
    /// is printed, with a mark behind each print: `!` for a leak, `~` for a stale one.
    template <class Body>
    std::string run_requests(Storage storage, Body body) {
        storages.select(storage);
        log.emit(trace::Kind::storage, 0, 0, trace::tagged(storage));
        const auto request = [&](std::string_view own) -> Coro<> {
            symbol.set(own);
            co_await body(own == "a");
        };
        const auto main = [&]() -> Coro<> {
            std::vector<Coro<>> both;
            both.push_back(request("a"));
            both.push_back(request("b"));
            co_await gather(std::move(both));
        };
        run(main());
        trace::Index index;
        index.update(log);
        std::string text;
        for (const trace::PrintInfo& print : index.prints()) {
            text += log.printed_text(print.event);
            text += print.leak ? "!" : print.stale ? "~" : "";
        }
        return text;
    }
    Coro<> turn() { co_await task::sleep(Duration::zero()); }
};

TEST_F(StaleReadsTest, worker_of_a_queue_reads_for_the_second_request_what_the_first_wrote) {
    const Queue<int> queue;
    const auto body = [&](bool is_first) -> Coro<> {
        if (is_first) create_task(serve(queue));
        queue.put_nowait(1);
        co_await queue.join();
    };
    EXPECT_EQ(run_requests(Storage::contextvar, body), "aa~");
}

TEST_F(StaleReadsTest, worker_of_a_last_in_first_out_queue_takes_the_second_item_first) {
    const LifoQueue<int> queue;
    const auto body = [&](bool is_first) -> Coro<> {
        if (is_first) create_task(serve(queue));
        queue.put_nowait(1);
        co_await queue.join();
    };
    EXPECT_EQ(run_requests(Storage::contextvar, body), "a~a");
}

TEST_F(StaleReadsTest, worker_of_a_priority_queue_takes_the_urgent_item_first) {
    const PriorityQueue<int> queue;
    const auto body = [&](bool is_first) -> Coro<> {
        if (is_first) create_task(serve(queue));
        queue.put_nowait(is_first ? 2 : 1);
        queue.put_nowait(is_first ? 4 : 3);
        co_await queue.join();
    };
    EXPECT_EQ(run_requests(Storage::contextvar, body), "a~aa~a");
}

class StaleReadsUnder : public StaleReadsTest, public testing::WithParamInterface<Storage> {};

TEST_P(StaleReadsUnder, worker_reads_what_it_was_given_when_it_was_created) {
    const Queue<int> queue;
    const auto body = [&](bool is_first) -> Coro<> {
        if (is_first) create_task(serve(queue));
        queue.put_nowait(1);
        co_await queue.join();
    };
    EXPECT_EQ(run_requests(GetParam(), body), "aa~");
}

INSTANTIATE_TEST_SUITE_P(Storages, StaleReadsUnder,
                         testing::Values(Storage::argument, Storage::context_copy, Storage::context_chainmap,
                                         Storage::contextvar));

TEST_F(StaleReadsTest, one_cell_for_all_leaks_to_the_first_request_and_is_right_for_the_second) {
    const Queue<int> queue;
    const auto body = [&](bool is_first) -> Coro<> {
        if (is_first) create_task(serve(queue));
        queue.put_nowait(1);
        co_await queue.join();
    };
    EXPECT_EQ(run_requests(Storage::global, body), "b!b");
}

TEST_F(StaleReadsTest, getter_that_waits_works_for_who_hands_it_the_item) {
    const Queue<int> queue;
    const auto body = [&](bool is_first) -> Coro<> {
        if (is_first) {
            create_task(serve(queue));
            co_await turn();
        } else {
            co_await turn();
            co_await turn();
            co_await queue.put(1);
        }
    };
    EXPECT_EQ(run_requests(Storage::contextvar, body), "a~");
}

TEST_F(StaleReadsTest, callback_that_another_request_schedules_in_the_first_ones_context) {
    Ref<context::Context> kept;
    const auto body = [&](bool is_first) -> Coro<> {
        const auto show = [] { print(symbol.get()); };
        if (is_first) {
            kept = copy_context();
        } else {
            call_soon(show, {.context = kept});
            call_later(Duration(1), show, {.context = kept});
            call_soon(show);
        }
        co_return;
    };
    EXPECT_EQ(run_requests(Storage::contextvar, body), "a~ba~");
}

TEST_F(StaleReadsTest, done_callback_that_the_first_request_registered_and_the_second_makes_ready) {
    std::optional<Future<>> future;
    const auto body = [&](bool is_first) -> Coro<> {
        if (is_first) {
            future = create_future();
            future->add_done_callback([] { print(symbol.get()); });
        } else {
            future->set_result();
        }
        co_return;
    };
    EXPECT_EQ(run_requests(Storage::contextvar, body), "a~");
}

TEST_F(StaleReadsTest, none_are_where_each_request_sets_before_it_reads) {
    const Queue<std::string> queue;
    const auto worker = [&]() -> Coro<> {
        for (;;) {
            const std::string job = co_await queue.get();
            symbol.set(job);
            print(symbol.get());
            queue.task_done();
        }
    };
    const auto body = [&](bool is_first) -> Coro<> {
        if (is_first) create_task(worker());
        queue.put_nowait(is_first ? "a" : "b");
        co_await queue.join();
        print(symbol.get());
    };
    EXPECT_EQ(run_requests(Storage::contextvar, body), "abab");
}

TEST_F(StaleReadsTest, none_are_where_requests_share_what_lies_in_a_queue) {
    const Queue<int> pool;
    const auto use = [&]() -> Coro<> {
        const int connection = co_await pool.get();
        print(symbol.get());
        co_await turn();
        pool.put_nowait(connection);
    };
    bool is_full = false;
    const auto body = [&](bool is_first) -> Coro<> {
        if (!std::exchange(is_full, true)) pool.put_nowait(1);
        co_await use();
        co_await use();
        static_cast<void>(is_first);
    };
    EXPECT_EQ(run_requests(Storage::contextvar, body), "aabb");
}

TEST_F(StaleReadsTest, none_are_where_requests_wait_for_tasks_and_futures) {
    std::optional<Future<>> future;
    const auto child = [&]() -> Coro<int> {
        co_await turn();
        print(symbol.get());
        co_return 1;
    };
    const auto two = [&] {
        std::vector<Task<int>> tasks;
        for (int each = 0; each < 2; ++each) tasks.push_back(create_task(child()));
        return tasks;
    };
    const auto body = [&](bool is_first) -> Coro<> {
        if (is_first) {
            future = create_future();
            co_await *future;
        } else {
            future->set_result();
        }
        print(symbol.get());
        co_await create_task(child());
        print(symbol.get());
        co_await gather(child(), child());
        print(symbol.get());
        co_await wait(two());
        print(symbol.get());
        co_await shield(create_task(child()));
        co_await wait_for(child(), Duration(1000));
        print(symbol.get());
        const auto completed = as_completed(two());
        while (co_await completed.next()) print(symbol.get());
    };
    EXPECT_THAT(run_requests(Storage::contextvar, body), testing::Not(testing::ContainsRegex("[!~]")));
}

TEST_F(StaleReadsTest, none_are_where_requests_wait_for_locks_and_events) {
    const Lock lock;
    const Event event;
    const Condition condition;
    const Semaphore semaphore(1);
    const auto body = [&](bool is_first) -> Coro<> {
        {
            const auto held = co_await lock.guard();
            print(symbol.get());
            co_await turn();
        }
        {
            const auto held = co_await semaphore.permit();
            print(symbol.get());
            co_await turn();
        }
        if (is_first) {
            co_await event.wait();
        } else {
            event.set();
        }
        print(symbol.get());
        {
            const auto held = co_await condition.guard();
            if (is_first) {
                condition.notify_all();
            } else {
                co_await condition.wait();
            }
        }
        print(symbol.get());
    };
    const std::string text = run_requests(Storage::contextvar, body);
    EXPECT_GE(text.size(), 6U);
    EXPECT_THAT(text, testing::Not(testing::ContainsRegex("[!~]")));
}

TEST_F(StaleReadsTest, none_are_of_what_main_set_before_it_put_the_items) {
    storages.select(Storage::contextvar);
    const Queue<int> queue;
    const auto worker = [&]() -> Coro<> {
        symbol.set("w");
        co_await serve(queue);
    };
    const auto main = [&]() -> Coro<> {
        const Task<> own = create_task(worker());
        symbol.set("m");
        const Task<> task = create_task(serve(queue));
        for (int item = 0; item < 4; ++item) co_await queue.put(item);
        co_await queue.join();
        own.cancel();
        task.cancel();
    };
    run(main());
    trace::Index index;
    index.update(log);
    EXPECT_EQ(index.prints().size(), 4U);
    EXPECT_EQ(index.stales_until(log.end_index() - 1), 0U);
    EXPECT_EQ(index.leaks_until(log.end_index() - 1), 0U);
}

}  // namespace
}  // namespace loopscope::task
