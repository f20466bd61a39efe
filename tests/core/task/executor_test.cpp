#include "core/task/executor.hpp"

#include <thread>

#include "core/task/gather.hpp"
#include "core/task/runner.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"
#include "core/trace/index.hpp"
#include "core/trace/state.hpp"
#include "core/trace/text.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;
using task::sleep;
using testing::ElementsAre;
using testing::HasSubstr;
using trace::Kind;
using trace::Storage;

class ExecutorTest : public LoopFixture {
  protected:
    /// Returns what the trace says of kinds that tell who works where.
    std::vector<std::string> told() {
        std::vector<std::string> lines;
        for (EventIndex at{1}; at < log.end_index(); at = at + 1) {
            const Kind kind = log[at].kind();
            if (kind != Kind::clock)
                lines.push_back(fmt::format("{} {}", trace::name(kind), trace::details_of(log, at)));
        }
        return lines;
    }
    std::string printed() { return trace::output_of(log); }
    void print_time(std::string_view what) {
        print(fmt::format("{}{} ", what,
                          std::chrono::duration_cast<std::chrono::milliseconds>(loop.time()).count()));
    }
};

TEST_F(ExecutorTest, has_its_result_set_by_a_callback_that_its_thread_schedules) {
    const auto main = [&]() -> Coro<> {
        const int result = co_await run_in_executor([] { return print("j"), 7; }, "load");
        print(std::to_string(result));
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(
        told(),
        ElementsAre(HasSubstr("spawn task 1"), "iteration 1 with 1 ready", "step task 1  first",
                    HasSubstr("suspend task 1  executor 1"), "thread 2 'asyncio_0'", "job for task 1 'load'",
                    HasSubstr("print task 1  'j'"), "job_end result", "thread 1 'MainThread'",
                    "ready user '_set_state' for no task", "ready io '_read_from_self' for no task",
                    "iteration 2 with 2 ready", "callback user '_set_state' for no task",
                    "ready user '_call_check_cancel' for no task", "wake task 1  executor 1", "callback_end ",
                    "callback io '_read_from_self' for no task", "callback_end ", "iteration 3 with 2 ready",
                    "callback user '_call_check_cancel' for no task", "callback_end ", "step task 1  value",
                    HasSubstr("print task 1  '7'"), "finish task 1  result"));
}

TEST_F(ExecutorTest, lets_the_loop_go_on_while_its_threads_block) {
    const auto beat = [&]() -> Coro<> {
        for (int each = 0; each < 4; ++each) {
            co_await sleep(100ms);
            print_time("t");
        }
    };
    const auto job = [&](std::string_view name, Duration duration) {
        print_time(name);
        block_for(duration);
        print_time(name);
        block_for(duration);
        print_time(name);
    };
    const auto main = [&]() -> Coro<> {
        const Task<> beating = create_task(beat());
        co_await gather(run_in_executor([&] { job("a", 150ms); }), run_in_executor([&] { job("b", 120ms); }));
        print_time("main");
        co_await beating;
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(printed(), "a0 b0 t100 b120 a150 t200 b240 a300 t300 main300 t400 ");
}

TEST_F(ExecutorTest, works_while_a_coroutine_blocks_the_loop) {
    const auto main = [&]() -> Coro<> {
        const Future<> done = run_in_executor([&] {
            block_for(100ms);
            print_time("job");
        });
        co_await sleep(0);
        block_for(1s);
        print_time("main");
        co_await done;
        print_time("main");
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(printed(), "job100 main1000 main1000 ");
}

TEST_F(ExecutorTest, has_its_exceptions_thrown_to_who_awaits_it) {
    const auto fail = []() -> int { throw KeyError("gone"); };
    const auto main = [&]() -> Coro<> {
        try {
            co_await run_in_executor(fail);
        } catch (const KeyError& error) {
            print(error.what());
        }
        co_await to_thread(fail);
    };
    const Task<> task = run(main());
    EXPECT_THROW(task.result(), KeyError);
    EXPECT_EQ(printed(), "gone");
    EXPECT_THAT(told(), testing::Contains("job_end exception 'KeyError'").Times(2));
}

TEST_F(ExecutorTest, copies_the_context_for_to_thread_alone) {
    const Variable symbol("symbol", ".");
    const auto write = [&] {
        print(symbol.get());
        symbol.set("b");
    };
    const auto main = [&]() -> Coro<> {
        symbol.set("a");
        co_await to_thread(write);
        print(symbol.get());
        co_await run_in_executor(write);
        print(symbol.get());
        co_await run_in_executor(write);
    };
    const std::vector<std::pair<Storage, std::string>> expected = {
        {Storage::contextvar, "aa.ab"},     // the thread's own context is kept for its next job
        {Storage::global, "abbbb"},         //
        {Storage::thread_local_, ".abab"},  // of the job's thread
        {Storage::argument, "aaaaa"},       //
    };
    for (const auto& [storage, output] : expected) {
        trace::Log own;
        own.emit(Kind::begin);
        context::Storages selected;
        selected.select(storage);
        loop::EventLoop fresh(own, selected);
        run_until_complete(create_task(fresh, main()));
        EXPECT_EQ(trace::output_of(own), output) << name(storage);
        EXPECT_TRUE(trace::check(own));
    }
}

TEST_F(ExecutorTest, has_no_task_context) {
    const Variable symbol("symbol", ".");
    const auto main = [&]() -> Coro<> { co_await to_thread([&] { print(symbol.get()); }); };
    for (const Storage storage :
         {Storage::context_shared, Storage::context_copy, Storage::context_chainmap}) {
        storages.select(storage);
        EXPECT_THROW(run(main()).result(), ValueError) << name(storage);
    }
}

TEST_F(ExecutorTest, does_not_begin_a_job_whose_future_was_cancelled_while_it_waited) {
    const ThreadPoolExecutor one(1);
    const auto main = [&]() -> Coro<> {
        const Future<> first = run_in_executor(one, [&] { block_for(1s), print("first"); });
        const Future<> second = run_in_executor(one, [&] { print("second"); });
        co_await sleep(100ms);
        EXPECT_TRUE(first.cancel());
        EXPECT_TRUE(second.cancel());
        EXPECT_TRUE(first.cancelled()) << "at once, whatever its thread does";
        co_await sleep(2s);
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(printed(), "first") << "what had begun went on to its end";
}

TEST_F(ExecutorTest, has_as_many_threads_as_it_may_have_and_uses_them_again) {
    const ThreadPoolExecutor two(2, "pool");
    const auto main = [&]() -> Coro<> {
        const auto job = [&] {
            block_for(100ms);
            print_time("");
        };
        co_await gather(run_in_executor(two, job), run_in_executor(two, job), run_in_executor(two, job));
        two.shutdown();
        EXPECT_THROW(run_in_executor(two, job), RuntimeError);
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(printed(), "100 100 200 ");
    EXPECT_THAT(told(), testing::Contains("thread 2 'pool_0'"));
    EXPECT_THAT(told(), testing::Contains("thread 3 'pool_1'"));
    EXPECT_THAT(told(), testing::Not(testing::Contains(HasSubstr("thread 4"))));
}

TEST_F(ExecutorTest, reaches_the_loop_from_a_job) {
    const auto main = [&]() -> Coro<> {
        const Future<> asked = create_future();
        const Future<> job = run_in_executor([&] {
            EXPECT_THROW(static_cast<void>(loop::EventLoop::get_running()), RuntimeError)
                << "as on any thread without a loop";
            block_for(100ms);
            call_soon_threadsafe(loop, [&] { asked.set_result(); });
            block_for(100ms);
        });
        co_await asked;
        print_time("asked");
        co_await job;
        print_time("done");
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(printed(), "asked100 done200 ");
}

TEST_F(ExecutorTest, is_waited_for_at_the_end_of_asyncio_run) {
    const auto main = [&]() -> Coro<> {
        run_in_executor([&] {
            block_for(1s);
            print_time("job");
        });
        co_return;
    };
    task::run(loop, main());
    EXPECT_EQ(printed(), "job1000 ");
    EXPECT_EQ(loop.time(), Time(1s));
}

TEST_F(ExecutorTest, that_is_the_loops_own_takes_no_job_after_its_end_even_if_it_never_had_one) {
    const auto main = [&]() -> Coro<> {
        co_await shutdown_default_executor();
        EXPECT_THROW(run_in_executor([] {}), RuntimeError);
        co_await run_in_executor(ThreadPoolExecutor(1), [] {});
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(ExecutorTest, has_all_know_who_wait_for_its_end) {
    const auto end = [&]() -> Coro<> {
        co_await shutdown_default_executor();
        print_time("over");
    };
    const auto main = [&]() -> Coro<> {
        run_in_executor([] { block_for(1s); });
        co_await gather(end(), end());
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(printed(), "over1000 over1000 ");
}

TEST_F(ExecutorTest, is_waited_for_no_longer_than_is_said) {
    const auto main = [&]() -> Coro<> {
        run_in_executor([&] {
            block_for(1s);
            print_time("job");
        });
        co_await shutdown_default_executor(100ms);
        print_time("main");
        co_await sleep(2s);
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(printed(), "main100 job1000 ");
}

TEST_F(ExecutorTest, names_its_threads_by_the_order_in_which_pools_were_made) {
    const auto main = [&]() -> Coro<> {
        co_await run_in_executor([] {});
        const ThreadPoolExecutor first(1);
        const ThreadPoolExecutor second(1);
        co_await run_in_executor(second, [] {});
        co_await run_in_executor(first, [] {});
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THAT(told(), testing::IsSupersetOf({"thread 2 'asyncio_0'", "thread 3 'ThreadPoolExecutor-1_0'",
                                               "thread 4 'ThreadPoolExecutor-0_0'"}));
}

TEST_F(ExecutorTest, leaves_jobs_behind_when_the_loop_ends) {
    trace::Log own;
    own.emit(Kind::begin);
    bool unwound = false;
    {
        loop::EventLoop fresh(own, storages);
        const auto main = [&]() -> Coro<> {
            run_in_executor([&] {
                const AtExit at_exit([&] { unwound = true; });
                block_for(1s);
                ADD_FAILURE() << "the loop has ended";
            });
            co_await sleep(0);
            co_await sleep(0);
        };
        run_until_complete(create_task(fresh, main()));
    }
    EXPECT_TRUE(unwound);
}

TEST_F(ExecutorTest, does_its_jobs_where_there_are_no_threads) {
    run_jobs_without_threads(loop);
    const auto here = std::this_thread::get_id();
    const auto main = [&]() -> Coro<> {
        const int result = co_await to_thread([&] {
            EXPECT_EQ(std::this_thread::get_id(), here);
            block_for(500ms);
            return 3;
        });
        print_time(std::to_string(result) + "@");
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(printed(), "3@500 ");
}

TEST_F(ExecutorTest, tells_the_same_with_and_without_threads_as_long_as_nothing_follows_what_blocks) {
    const auto main = [&]() -> Coro<> {
        const auto job = [&](std::string name, Duration duration) {
            print(name);
            block_for(duration);
        };
        const auto first = [&] { job("a", 30ms); };
        const auto second = [&] { job("b", 20ms); };
        const auto third = [&] { job("c", 0ms); };
        co_await gather(to_thread(first), to_thread(second), to_thread(third));
        co_await to_thread(first);
        print_time("end");
    };
    trace::Log other;
    other.emit(Kind::begin);
    loop::EventLoop alone(other, storages, {Duration::zero()});
    run_jobs_without_threads(alone);
    for (loop::EventLoop* const each : {&loop, &alone}) {
        create_task(*each, main());
        each->run();
    }
    EXPECT_EQ(trace::text_of(log), trace::text_of(other));
}

TEST_F(ExecutorTest, is_followed_by_the_state) {
    const Variable symbol("symbol", ".");
    const auto main = [&]() -> Coro<> {
        co_await to_thread([&] {
            symbol.set("j");
            block_for(1s);
        });
    };
    run(main());
    trace::State state;
    for (EventIndex at{0}; at < log.end_index(); at = at + 1) state.apply(log[at]);
    EXPECT_EQ(state.threads(), 2U);
    const EventIndex set = trace::all_of_kind(log, Kind::set).at(0);
    EXPECT_EQ(state.cell(Storage::global, {}, VariableId{1}), set);
    EXPECT_EQ(state.thread_cell(2, VariableId{1}), set);
    EXPECT_EQ(state.thread_cell(1, VariableId{1}), EventIndex{});
    EXPECT_EQ(state.cell(Storage::contextvar, TaskId{1}, VariableId{1}), EventIndex{})
        << "a copy was written";
}

}  // namespace
}  // namespace loopscope::task
