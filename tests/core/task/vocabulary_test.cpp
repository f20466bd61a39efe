// What docs/asyncio.md shows: scripts/docs_test.py looks for each of its lines here.

#include "core/task/as_completed.hpp"
#include "core/task/async_generator.hpp"
#include "core/task/executor.hpp"
#include "core/task/gather.hpp"
#include "core/task/runner.hpp"
#include "core/task/shield.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/barrier.hpp"
#include "core/task/sync/semaphore.hpp"
#include "core/task/sync/with.hpp"
#include "core/task/task_group.hpp"
#include "core/task/variable_of.hpp"
#include "core/task/wait.hpp"
#include "core/task/wait_for.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;
using context::DictFactory;
using loop::Unhandled;
using task::sleep;

const Variable symbol("symbol", ".");

Coro<int> fetch() {
    co_return 1;
}

AsyncGenerator<int> items() {
    for (int item = 0;; ++item) co_yield item;
}

/// Each test runs a coroutine to its end.
class VocabularyTest : public LoopFixture {
  protected:
    void run_to_end(Coro<> main) {
        const Task<> task = run(std::move(main));
        ASSERT_TRUE(task.done());
        task.result();
    }
    void use(int result) { sum_ += result; }

    int sum_ = 0;
};

TEST_F(VocabularyTest, of_coroutines_and_tasks) {
    const auto main = [&]() -> Coro<> {
        use(co_await fetch());
        Task<int> task = create_task(fetch());
        task.add_done_callback([&](const Task<int>& done) { use(done.result()); });
        use(co_await task);
        EXPECT_FALSE(task.cancel());
        EXPECT_EQ(task.uncancel() + task.cancelling(), 0);
        EXPECT_FALSE(task.exception());
        const Task<> one = create_task([]() -> Coro<> {
            current_task().cancel();
            co_return;
        }());
        co_await sleep(0);
        EXPECT_TRUE(one.done() && one.cancelled());
        const Ref<context::Context> context = copy_context();
        use(co_await create_task(fetch(), {.name = "f", .context = context}));
        co_await sleep(100ms);
        co_await sleep(0);
        AsyncGenerator<int> generator = items();
        while (const std::optional<int> item = co_await generator.next()) {
            if (*item == 2) break;
        }
        co_await generator.aclose();
    };
    run_to_end(main());
    EXPECT_EQ(sum_, 4);
    EXPECT_EQ(loop.time(), Time(100ms));
}

AsyncGenerator<int, std::string> echo() {
    for (;;) {
        const std::optional<std::string> sent = co_yield 1;
        if (sent == "b") co_return;
    }
}

TEST_F(VocabularyTest, of_generators_that_are_told_something) {
    const auto main = [&]() -> Coro<> {
        AsyncGenerator<int, std::string> sending = echo();
        co_await sending.next();
        EXPECT_TRUE(co_await sending.asend("a"));
        EXPECT_FALSE(co_await sending.asend("b"));
        EXPECT_FALSE(co_await sending.athrow(ValueError()));
        AsyncGenerator<int> generator = items();
        co_await generator.next();
        co_await shutdown_asyncgens();
        EXPECT_FALSE(co_await generator.next());
    };
    run_to_end(main());
}

TEST_F(VocabularyTest, of_who_is_who) {
    const auto main = [&]() -> Coro<> {
        const Task<int> task = create_task(fetch());
        task.set_name("g");
        EXPECT_EQ(task.get_name(), "g");
        EXPECT_TRUE(task.get_context() && task.get_coro());
        int count = 0;
        for (const AnyTask& each : all_tasks()) count += each.done() ? 0 : 1;
        EXPECT_EQ(count, 2);
        task.cancel("too slow");
        block_for(1s);
        co_await sleep(0);
        EXPECT_TRUE(task.cancelled());
    };
    run_to_end(main());
    EXPECT_EQ(loop.time(), Time(1s));
}

TEST_F(VocabularyTest, of_the_beginning_and_the_end) {
    const auto main = []() -> Coro<int> { co_return co_await create_task(fetch()); };
    {
        Runner runner(loop);
        EXPECT_EQ(runner.run(main()), 1);
    }
    EXPECT_EQ(task::run(loop, main()), 1);
}

TEST_F(VocabularyTest, of_waiting_for_several) {
    const auto main = [&]() -> Coro<> {
        const Task<int> a = create_task(fetch());
        const Task<int> b = create_task(fetch());
        const auto [one, two] = co_await gather(a, b);
        use(one + two);
        std::vector<Task<int>> tasks(1, create_task(fetch()));
        use(static_cast<int>((co_await gather(tasks)).size()));
        const Future<int> future = create_future<int>();
        call_later(100ms, [=] { future.set_result(1); });
        co_await gather(fetch(), a, future, sleep(1s));
        use(static_cast<int>((co_await gather_settled(tasks)).size()));
        const Future<> other = create_future();
        call_later(100ms, [=] { other.set_exception(ValueError()); });
        const auto [first, second] = co_await gather_settled(fetch(), other);
        use(first.value_or(0));
        EXPECT_FALSE(second);
        const std::vector<AnyFuture> both{a, other};
        use(static_cast<int>((co_await wait(both)).done.size()) - 2);
        for (Coro<int> each : as_completed(tasks)) use(co_await std::move(each));
        const Event event;
        event.set();
        co_await wait_for(event.wait(), 1s);
        use(co_await ensure_future(fetch()));
        const auto [done, pending] = co_await wait(tasks, ReturnWhen::all_completed, 1s);
        use(static_cast<int>(done.size() + pending.size()));
        const AsCompleted completed = as_completed(tasks);
        while (const std::optional<Task<int>> next = co_await completed.next()) use(next->result());
        use(co_await wait_for(fetch(), 1s));
        use(co_await timeout(1s, fetch()));
        const Time when = loop.time() + 1s;
        use(co_await timeout_at(when, fetch()));
        use(co_await shield(fetch()));
        co_await task_group([](TaskGroup& group) { group.create_task(fetch()); });
    };
    run_to_end(main());
    EXPECT_EQ(sum_, 13);
}

void hear(const Task<int>& /*task*/) {}

TEST_F(VocabularyTest, of_futures_and_callbacks) {
    int handled = 0;
    const auto handler = [&](const Unhandled& unhandled) { handled += unhandled.exception ? 1 : 0; };
    const auto main = [&]() -> Coro<> {
        const Task<int> task = create_task(fetch());
        task.add_done_callback(hear);
        EXPECT_EQ(task.remove_done_callback(hear), 1u);
        loop.set_exception_handler(handler);
        const std::exception_ptr error = std::make_exception_ptr(ValueError());
        loop.call_exception_handler({Unhandled::Kind::program, error, {}, {}});
        EXPECT_EQ(handled, 1);
        Future<int> future = create_future<int>();
        const Future<int> other = create_future<int>();
        const auto f = [&] { use(1); };
        call_soon(f);
        call_later(100ms, f);
        call_at(loop.time() + 100ms, f);
        const CallHandle handle = call_soon(f);
        handle.cancel();
        future.set_result(1);
        use(co_await future);
        other.set_exception(ValueError());
        EXPECT_TRUE(other.exception());
        co_await sleep(1s);
    };
    run_to_end(main());
    EXPECT_EQ(sum_, 4);
}

/// Locks as asyncio's programs take them without `async with`.
Coro<> word_for_word() {
    const Lock lock;
    const Semaphore semaphore;
    EXPECT_TRUE(co_await lock.acquire());
    EXPECT_TRUE(co_await semaphore.acquire());
    EXPECT_TRUE(lock.locked() && semaphore.locked());
    lock.release();
    semaphore.release();
    EXPECT_TRUE(!lock.locked() && !semaphore.locked());
}

TEST_F(VocabularyTest, of_locks_and_queues) {
    const auto main = [&]() -> Coro<> {
        const Lock lock;
        const Lock::Guard guard = co_await lock.guard();
        const Semaphore semaphore;
        const Semaphore::Permit permit = co_await semaphore.permit();
        const BoundedSemaphore bounded(2);
        const Event event;
        event.set();
        co_await event.wait();
        event.clear();
        EXPECT_TRUE(lock.locked() && semaphore.locked() && !bounded.locked() && !event.is_set());
        co_await word_for_word();
        const Lock own;
        use(co_await with(own, fetch()) - 1);
        const Condition condition;
        const Lock::Guard held = co_await condition.guard();
        const bool ready = true;
        co_await condition.wait_for([&] { return ready; });
        condition.notify_all();
        const Barrier barrier(1);
        const std::int64_t index = co_await barrier.wait();
        EXPECT_EQ(index, 0);
        const Queue<int> queue;
        co_await queue.put(1);
        use(co_await queue.get());
        queue.task_done();
        co_await queue.join();
        queue.shutdown();
        const LifoQueue<int> last_in;
        const PriorityQueue<int> least(8);
        for (const int item : {2, 1, 3}) {
            last_in.put_nowait(item);
            least.put_nowait(item);
        }
        EXPECT_EQ(last_in.get_nowait(), 3);
        EXPECT_EQ(least.get_nowait(), 1);
    };
    run_to_end(main());
    EXPECT_EQ(sum_, 1);
}

TEST_F(VocabularyTest, of_variables_and_contexts) {
    storages.select(trace::Storage::contextvar);
    const auto main = [&]() -> Coro<> {
        Token token = symbol.set("a");
        print(symbol.get());
        EXPECT_TRUE(&token.variable() == &symbol && !token.old_value());
        symbol.reset(token);
        print(symbol.get());
        {
            const SetWithin with(symbol, "a");
            print(symbol.get());
        }
        print(symbol.get("-"));
        const Ref<context::Context> context = copy_context();
        const auto f = [&] { symbol.set("b"); };
        run_in(context, f);
        EXPECT_TRUE(symbol.is_in(context));
        EXPECT_EQ(symbol.get_in(context).text, symbol.get_in(context, "-").text);
        clear_task_context();
        const Variable bare("bare");
        EXPECT_THROW((void)bare.get(), LookupError);
        const auto factory = [](loop::EventLoop& in) { return in.inherit(); };
        loop.set_task_factory(DictFactory::copying);
        loop.set_task_factory(factory);
        loop.set_eager_tasks(true);
        const Task<int> task = create_task(fetch());
        EXPECT_TRUE(task.done()) << "it ran inside create_task";
        co_return;
    };
    run_to_end(main());
    EXPECT_EQ(trace::output_of(log), "a.a-");
}

struct Point {
    int x = 0;

    friend bool operator==(const Point&, const Point&) = default;
};

std::string to_text(const Point& point) {
    return std::to_string(point.x);
}

Coro<> variables_that_are_no_text() {
    const VariableOf<int> count("count", 0);
    const VariableOf<Point> place("place");
    const VariableOf<List<std::string>> notes("notes");
    count.set(count.get() + 1);
    print(count.get());
    place.set({3});
    print(place.get());
    notes.set({});
    notes.get().append("a");
    print(notes.get().back());
    EXPECT_EQ(notes.get().pop(), "a");
    co_return;
}

TEST_F(VocabularyTest, of_variables_that_are_no_text) {
    run_to_end(variables_that_are_no_text());
    EXPECT_EQ(trace::output_of(log), "13a");
}

TEST_F(VocabularyTest, of_threads) {
    const auto load = [] { return block_for(1s), 1; };
    const auto f = [&] { use(1); };
    const auto main = [&]() -> Coro<> {
        use(co_await to_thread(load));
        use(co_await run_in_executor(load));
        const ThreadPoolExecutor pool(2);
        use(co_await run_in_executor(pool, load));
        pool.shutdown();
        call_soon_threadsafe(loop, f);
        co_await shutdown_default_executor();
        co_await shutdown_default_executor(10s);
    };
    run_to_end(main());
    EXPECT_EQ(sum_, 4);
    EXPECT_EQ(loop.time(), Time(3s));
}

}  // namespace
}  // namespace loopscope::task
