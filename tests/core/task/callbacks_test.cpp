#include "core/task/callbacks.hpp"

#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

const Variable color("color", "none");

class CallbacksTest : public LoopFixture {
  protected:
    CallbacksTest() { storages.select(trace::Storage::contextvar); }
    auto says(std::string_view what) {
        return [this, what] { note(what); };
    }
    auto says_color() {
        return [this] { note(log.strings()[color.get().text]); };
    }
};

TEST_F(CallbacksTest, run_in_the_next_iteration_in_the_order_in_which_they_were_called) {
    const auto main = [&]() -> Coro<> {
        call_soon(says("first"));
        call_soon(says("second"));
        note("here");
        co_return;
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("0:here", "1:first", "1:second"));
}

TEST_F(CallbacksTest, of_timers_run_when_they_are_due) {
    std::vector<Time> times;
    const auto main = [&]() -> Coro<> {
        const CallHandle later = call_later(2s, [&] { times.push_back(loop.time()); });
        const CallHandle sooner = call_at(Time(1s), [&] { times.push_back(loop.time()); });
        EXPECT_EQ(later.when(), Time(2s));
        EXPECT_EQ(sooner.when(), Time(1s));
        co_return;
    };
    run(main());
    EXPECT_THAT(times, ElementsAre(Time(1s), Time(2s)));
}

TEST_F(CallbacksTest, that_are_cancelled_do_not_run) {
    const auto main = [&]() -> Coro<> {
        const CallHandle soon = call_soon(says("soon"));
        const CallHandle later = call_later(1s, says("later"));
        soon.cancel();
        later.cancel();
        EXPECT_TRUE(soon.cancelled());
        EXPECT_TRUE(later.cancelled());
        co_return;
    };
    run(main());
    EXPECT_THAT(notes, IsEmpty());
    EXPECT_EQ(loop.time(), Time(0)) << "the clock does not move for a cancelled timer";
}

TEST_F(CallbacksTest, see_the_context_of_the_call_not_that_of_their_turn) {
    const auto main = [&]() -> Coro<> {
        color.set("red");
        call_soon(says_color());
        color.set("blue");
        call_soon(says_color());
        co_return;
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:red", "1:blue"));
}

TEST_F(CallbacksTest, write_to_a_copy_unless_they_are_given_a_context) {
    const auto main = [&]() -> Coro<> {
        color.set("red");
        const Ref<context::Context> copy = copy_context();
        const auto paint = [] { color.set("green"); };
        call_soon(paint);
        call_soon(paint, {.context = copy});
        co_await task::sleep(Duration::zero());
        note(log.strings()[color.get().text]);
        call_soon(says_color(), {.context = copy});
    };
    run(main());
    EXPECT_THAT(notes, ElementsAre("1:red", "2:green"));
}

}  // namespace
}  // namespace loopscope::task
