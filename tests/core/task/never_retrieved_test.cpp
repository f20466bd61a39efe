// What a loop's exception handler is told. CPython 3.13 tells the same; each case was compared with it.

#include "core/task/as_completed.hpp"
#include "core/task/gather.hpp"
#include "core/task/shield.hpp"
#include "core/task/sleep.hpp"
#include "core/task/task_group.hpp"
#include "core/task/wait.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using loop::Unhandled;
using testing::ElementsAre;
using testing::IsEmpty;

class NeverRetrieved : public LoopFixture {
  protected:
    NeverRetrieved() {
        loop.set_exception_handler([this](const Unhandled& unhandled) {
            told.push_back(fmt::format("{}{} {}",
                                       unhandled.kind == Unhandled::Kind::callback ? "callback" : "lost",
                                       unhandled.task ? fmt::format(" of task {}", unhandled.task.value) : "",
                                       exception_text(unhandled.exception)));
        });
    }

    static Coro<> fail(std::string why) {
        co_await sleep(Duration::zero());
        throw ValueError(std::move(why));
    }

    static Coro<> succeed() { co_await sleep(std::chrono::seconds(1)); }

    std::vector<std::string> told;
};

TEST_F(NeverRetrieved, is_told_of_a_task_that_failed_and_is_gone) {
    const auto main = []() -> Coro<> {
        { const Task<> task = create_task(fail("no luck")); }
        co_await sleep(std::chrono::seconds(1));
    };
    run(main());
    EXPECT_THAT(told, ElementsAre("lost of task 2 ValueError: no luck"));
}

TEST_F(NeverRetrieved, is_told_at_the_end_of_tasks_that_are_still_held) {
    const Task<> second = run(fail("second"));
    const Task<> first = run(fail("first"));
    EXPECT_THAT(told, IsEmpty());
    loop.give_up_unretrieved();
    EXPECT_THAT(told, ElementsAre("lost of task 1 ValueError: second", "lost of task 2 ValueError: first"));
    loop.give_up_unretrieved();
    EXPECT_EQ(told.size(), 2u) << "once";
}

TEST_F(NeverRetrieved, is_told_of_a_future_that_is_no_task) {
    const auto main = []() -> Coro<> {
        create_future<int>().set_exception(ValueError("no luck"));
        co_return;
    };
    run(main());
    EXPECT_THAT(told, ElementsAre("lost ValueError: no luck"));
}

TEST_F(NeverRetrieved, is_not_said_of_what_somebody_asked_for) {
    const auto main = []() -> Coro<> {
        const Task<> awaited = create_task(fail("awaited"));
        try {
            co_await awaited;
        } catch (const ValueError&) {
        }
        const Task<> asked = create_task(fail("asked"));
        const Task<> resulted = create_task(fail("resulted"));
        co_await sleep(std::chrono::seconds(1));
        EXPECT_TRUE(asked.exception());
        EXPECT_THROW(resulted.result(), ValueError);
        const Task<> cancelled = create_task(fail("cancelled"));
        cancelled.cancel();
        co_await sleep(std::chrono::seconds(1));
    };
    run(main());
    loop.give_up_unretrieved();
    EXPECT_THAT(told, IsEmpty());
}

TEST_F(NeverRetrieved, is_not_said_of_what_a_gather_a_group_or_a_shield_passes_on) {
    const auto main = []() -> Coro<> {
        try {
            co_await gather(fail("first"), fail("second"));  // asks for the second one's as well
        } catch (const ValueError&) {
        }
        co_await sleep(std::chrono::seconds(1));
        try {
            co_await shield(create_task(fail("shielded")));
        } catch (const ValueError&) {
        }
    };
    run(main());
    loop.give_up_unretrieved();
    EXPECT_THAT(told, IsEmpty());
}

TEST_F(NeverRetrieved, is_said_of_a_gather_that_nobody_awaits) {
    const auto main = []() -> Coro<> {
        { const auto gathered = gather(fail("no luck")); }
        co_await sleep(std::chrono::seconds(1));
    };
    run(main());
    EXPECT_THAT(told, ElementsAre("lost ValueError: no luck"));
}

TEST_F(NeverRetrieved, is_said_of_what_wait_gives_back_unless_it_had_to_look_for_an_exception) {
    const auto main = [](ReturnWhen when, std::size_t others) -> Coro<> {
        std::vector<Task<>> tasks = {create_task(fail("no luck"))};
        for (; others > 0; --others) tasks.push_back(create_task(succeed()));
        co_await task::wait(tasks, when);
    };
    run(main(ReturnWhen::all_completed, 0));
    EXPECT_THAT(told, ElementsAre("lost of task 2 ValueError: no luck"));
    run(main(ReturnWhen::first_exception, 0));
    EXPECT_EQ(told.size(), 2u) << "it was the last one anyway";
    run(main(ReturnWhen::first_exception, 1));
    EXPECT_EQ(told.size(), 2u);
}

TEST_F(NeverRetrieved, is_told_of_a_callback_that_raises_and_the_loop_goes_on) {
    call_soon(loop, [] { throw ValueError("no luck"); });
    call_later(loop, std::chrono::seconds(1), [] { throw RuntimeError("too late"); });
    call_soon(loop, [this] { note("after it"); });
    loop.run();
    EXPECT_THAT(told, ElementsAre("callback ValueError: no luck", "callback RuntimeError: too late"));
    EXPECT_THAT(notes, ElementsAre("0:after it"));
}

TEST_F(NeverRetrieved, is_said_to_nobody_without_a_handler_nor_when_the_loop_ends) {
    std::optional<Task<>> outlives;
    {
        trace::Log other_log;
        other_log.emit(trace::Kind::begin);
        loop::EventLoop other(other_log, storages, {Duration::zero()});
        other.set_exception_handler([this](const Unhandled&) { told.emplace_back("told"); });
        outlives = create_task(other, fail("no luck"));
        other.run();
    }
    outlives.reset();
    EXPECT_THAT(told, IsEmpty());
    loop.set_exception_handler(nullptr);
    static_cast<void>(run(fail("no luck")));
    EXPECT_THAT(told, IsEmpty());
}

}  // namespace
}  // namespace loopscope::task
