// What differs between versions of asyncio. That each loop does as its version does in all the rest is for
// tests/conformance; here is what the words mean.

#include <functional>
#include <map>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/task/gather.hpp"
#include "core/task/shield.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/condition.hpp"
#include "core/task/sync/semaphore.hpp"
#include "core/task/task_group.hpp"
#include "core/task/variable.hpp"
#include "core/task/wait_for.hpp"
#include "core/trace/transitions.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::task {
namespace {

using loop::AsyncioVersion;
using namespace std::chrono_literals;

/// A loop in the order of one version, and what a program notes.
class LoopOf {
  public:
    explicit LoopOf(std::string_view version) : loop(log, storages, {0us, *AsyncioVersion::named(version)}) {
        log.emit(trace::Kind::begin);
        storages.select(trace::Storage::contextvar);
    }

    std::string run(const std::function<Coro<>(LoopOf&)>& main) {
        const Task<> task = create_task(loop, main(*this), {.name = "main"});
        EXPECT_EQ(loop.run(), loop::Progress::deadlock);
        EXPECT_TRUE(task.done());
        const auto checked = trace::check(log);
        EXPECT_TRUE(checked) << checked.error().message << '\n' << text_of(log);
        return notes;
    }
    void note(std::string_view what) { notes += fmt::format("{}{}", notes.empty() ? "" : " ", what); }

    trace::Log log;
    context::Storages storages;
    loop::EventLoop loop;
    std::string notes;
};

/// Returns what a program notes on each version.
std::map<std::string, std::string> on_each(const std::function<Coro<>(LoopOf&)>& main) {
    std::map<std::string, std::string> all;
    for (const std::string_view version : AsyncioVersion::names) {
        LoopOf loop(version);
        all.emplace(version, loop.run(main));
    }
    return all;
}

using Expected = std::map<std::string, std::string>;

Coro<> change(const Variable& symbol) {
    symbol.set("a");
    co_await sleep(0);
}

TEST(Versions, have_names_and_no_others) {
    for (const std::string_view name : AsyncioVersion::names)
        EXPECT_EQ(AsyncioVersion::named(name)->name(), name);
    for (const char* const wrong : {"", "3.10", "3.15", "3.1", "3", "314"})
        EXPECT_FALSE(AsyncioVersion::named(wrong)) << wrong;
    EXPECT_EQ(AsyncioVersion(), AsyncioVersion::named("3.13"));
}

TEST(Versions, of_wait_for_run_a_coroutine_in_a_task_of_its_own_or_in_place) {
    const auto main = [](LoopOf& here) -> Coro<> {
        const Variable symbol("symbol", ".");
        co_await wait_for(change(symbol), 1s);
        here.note(here.log.strings()[symbol.get().text]);
    };
    EXPECT_EQ(on_each(main), (Expected{{"3.11", "."}, {"3.12", "a"}, {"3.13", "a"}, {"3.14", "a"}}));
}

TEST(Versions, of_wait_for_are_those_of_the_loop_in_which_it_is_awaited) {
    for (const auto& [version, seen] : Expected{{"3.11", "."}, {"3.13", "a"}}) {
        LoopOf here(version);
        const Variable symbol("symbol", ".");
        const auto await = [&](Coro<> awaited) -> Coro<> {
            co_await std::move(awaited);
            here.note(here.log.strings()[symbol.get().text]);
        };
        // Made while no loop runs.
        EXPECT_EQ(here.run([&](LoopOf&) { return await(wait_for(change(symbol), 1s)); }), seen);
    }
}

TEST(Versions, of_gather_take_an_iteration_for_what_is_done_or_none) {
    const auto main = [](LoopOf& here) -> Coro<> {
        Future<int> done = create_future<int>();
        done.set_result(1);
        const std::uint32_t before = here.loop.iteration();
        co_await gather(done);
        here.note(std::to_string(here.loop.iteration() - before));
    };
    EXPECT_EQ(on_each(main), (Expected{{"3.11", "2"}, {"3.12", "0"}, {"3.13", "0"}, {"3.14", "0"}}));
}

TEST(Versions, of_eager_tasks_begin_inside_create_task_or_later) {
    const auto child = [](LoopOf& here) -> Coro<> {
        here.note("child");
        co_return;
    };
    const auto main = [&](LoopOf& here) -> Coro<> {
        here.loop.set_eager_tasks(true);
        const Task<> task = create_task(child(here));
        here.note("parent");
        co_await task;
    };
    EXPECT_EQ(on_each(main), (Expected{{"3.11", "parent child"},
                                       {"3.12", "child parent"},
                                       {"3.13", "child parent"},
                                       {"3.14", "child parent"}}));
}

TEST(Versions, of_uncancel_take_back_what_has_not_been_thrown_or_not) {
    const auto main = [](LoopOf& here) -> Coro<> {
        current_task().cancel();
        current_task().uncancel();
        try {
            co_await sleep(0);
            here.note("slept");
        } catch (const CancelledError&) {
            here.note("cancelled");
        }
    };
    EXPECT_EQ(on_each(main),
              (Expected{{"3.11", "cancelled"}, {"3.12", "cancelled"}, {"3.13", "slept"}, {"3.14", "slept"}}));
}

Coro<> hold(LoopOf& here, Semaphore semaphore, std::string name) {
    const Semaphore::Permit permit = co_await semaphore.permit();
    here.note(fmt::format("{}:{}", name, here.loop.iteration()));
    co_await sleep(1s);
}

TEST(Versions, of_a_semaphore_wake_one_at_a_time_or_all_who_can_have_one) {
    const auto main = [](LoopOf& here) -> Coro<> {
        const Semaphore semaphore(0);
        std::vector<Task<>> tasks = {create_task(hold(here, semaphore, "a"))};
        co_await sleep(0);
        // These two come while a has been woken and not resumed, so they wait although there are permits.
        for (const char* const name : {"b", "c"}) tasks.push_back(create_task(hold(here, semaphore, name)));
        for (int permit = 0; permit < 3; ++permit) semaphore.release();
        co_await gather(tasks);
    };
    EXPECT_EQ(on_each(main), (Expected{{"3.11", "a:3 b:4 c:5"},
                                       {"3.12", "a:3 b:4 c:5"},
                                       {"3.13", "a:3 b:4 c:4"},
                                       {"3.14", "a:3 b:4 c:4"}}));
}

TEST(Versions, of_a_condition_lose_the_notification_of_who_is_cancelled_or_pass_it_on) {
    const auto wait = [](LoopOf& here, Condition condition, std::string name) -> Coro<> {
        const Lock::Guard held = co_await condition.guard();
        co_await condition.wait();
        here.note(name);
    };
    const auto main = [&](LoopOf& here) -> Coro<> {
        const Condition condition;
        const Task<> first = create_task(wait(here, condition, "first"));
        const Task<> second = create_task(wait(here, condition, "second"));
        co_await sleep(1s);
        {
            const Lock::Guard held = co_await condition.guard();
            condition.notify();
            first.cancel();
        }
        co_await sleep(1s);
        here.note(second.done() ? "done" : "waits");
        second.cancel();
    };
    EXPECT_EQ(
        on_each(main),
        (Expected{{"3.11", "waits"}, {"3.12", "waits"}, {"3.13", "second done"}, {"3.14", "second done"}}));
}

TEST(Versions, of_a_task_group_hear_of_an_eager_child_at_once_or_by_a_callback) {
    const auto fail = []() -> Coro<> {
        throw ValueError("no luck");
        co_return;
    };
    const auto main = [&](LoopOf& here) -> Coro<> {
        here.loop.set_eager_tasks(true);
        const auto body = [&](TaskGroup& group) -> Coro<> {
            group.create_task(fail());
            here.note(current_task().cancelling() > 0 ? "cancelled" : "goes on");
            co_return;
        };
        try {
            co_await task_group(body);
        } catch (const Exception&) {
            here.note("failed");
        }
    };
    EXPECT_EQ(on_each(main), (Expected{{"3.11", "goes on failed"},
                                       {"3.12", "cancelled failed"},
                                       {"3.13", "cancelled failed"},
                                       {"3.14", "goes on failed"}}));
}

TEST(Versions, of_shield_have_one_callback_more_since_3_14) {
    const auto inner = []() -> Coro<> { co_await sleep(1s); };
    const auto main = [&](LoopOf& here) -> Coro<> {
        co_await shield(inner());
        std::size_t callbacks = 0;
        for (EventIndex at; at < here.log.end_index(); ++at) {
            const trace::Event& event = here.log[at];
            callbacks += event.kind() == trace::Kind::callback &&
                         event.tag<trace::Callback>() == trace::Callback::shield;
        }
        here.note(std::to_string(callbacks));
    };
    EXPECT_EQ(on_each(main), (Expected{{"3.11", "2"}, {"3.12", "2"}, {"3.13", "2"}, {"3.14", "3"}}));
}

TEST(Versions, of_shield_report_what_nobody_hears_since_3_14) {
    const auto inner = []() -> Coro<> {
        co_await sleep(1s);
        throw ValueError("no luck");
    };
    const auto main = [&](LoopOf& here) -> Coro<> {
        here.loop.set_exception_handler([&here](const loop::Unhandled& unhandled) {
            here.note(unhandled.kind == loop::Unhandled::Kind::shielded ? "shielded" : "other");
        });
        const Task<> task = create_task(inner());
        for (int round = 0; round < 2; ++round) {
            const Future<> outer = shield(task);
            outer.cancel();
            co_await sleep(0);
        }
        co_await sleep(2s);
        here.loop.set_exception_handler({});
        here.note(task.done() ? "done" : "runs");
    };
    const Expected all = on_each(main);
    EXPECT_EQ(all.at("3.14"), "shielded done");  // once, for both shields
    EXPECT_EQ(all.at("3.13"), "done");
}

TEST(Versions, name_tasks_afterwards_and_count_them_or_at_once) {
    const auto nothing = []() -> Coro<> { co_return; };
    const auto main = [&](LoopOf& here) -> Coro<> {
        create_task(nothing(), {.name = "named"});
        here.note(create_task(nothing()).get_name());
        co_await sleep(0);
    };
    EXPECT_EQ(on_each(main),
              (Expected{{"3.11", "Task-2"}, {"3.12", "Task-2"}, {"3.13", "Task-1"}, {"3.14", "Task-1"}}));
}

}  // namespace
}  // namespace loopscope::task
