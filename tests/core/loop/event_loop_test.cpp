#include "core/loop/event_loop.hpp"

#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/loop_fixture.hpp"

namespace loopscope::loop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using trace::Kind;
using namespace std::chrono_literals;

/// A loop whose handles are callbacks that note what they are called.
class EventLoopTest : public LoopFixture {
  protected:
    void soon(const char* name) { loop.call_soon(noting(name)); }
    std::uint32_t at(Time deadline, const char* name) { return loop.call_at(deadline, noting(name)); }
    Runnable& noting(const char* name) {
        return callback([this, name] { note(name); });
    }
    /// How many events there are of a kind.
    std::size_t count(Kind kind) { return trace::all_of_kind(log, kind).size(); }
};

TEST_F(EventLoopTest, runs_what_is_ready_in_the_order_in_which_it_became_so) {
    for (const char* name : {"a", "b", "c"}) soon(name);
    loop.run();
    EXPECT_THAT(notes, ElementsAre("0:a", "0:b", "0:c"));
}

TEST_F(EventLoopTest, leaves_what_is_made_ready_in_an_iteration_to_the_next_one) {
    loop.call_soon(callback([this] {
        note("a");
        soon("made by a");
    }));
    soon("b");
    loop.run();
    EXPECT_THAT(notes, ElementsAre("0:a", "0:b", "1:made by a"));
    const auto iterations = trace::all_of_kind(log, Kind::iteration);
    ASSERT_EQ(iterations.size(), 2u);
    EXPECT_EQ(log[iterations[0]].a, 2u) << "handles in the snapshot";
    EXPECT_EQ(log[iterations[1]].a, 1u);
}

TEST_F(EventLoopTest, puts_due_timers_behind_what_was_ready) {
    at(0s, "timer");
    soon("ready");
    loop.run();
    EXPECT_THAT(notes, ElementsAre("0:ready", "0:timer"));
}

TEST_F(EventLoopTest, runs_a_timer_in_the_iteration_after_the_one_that_starts_it_however_early_its_deadline) {
    loop.call_soon(callback([this] {
        at(-1s, "timer");
        soon("ready");
    }));
    loop.run();
    EXPECT_THAT(notes, ElementsAre("1:ready", "1:timer"));
}

TEST_F(EventLoopTest, runs_timers_of_one_deadline_in_the_order_of_the_heap) {
    for (const char* name : {"0", "1", "2", "3", "4", "5", "6", "7"}) at(1s, name);
    loop.run();
    EXPECT_THAT(notes, ElementsAre("0:0", "0:2", "0:6", "0:5", "0:7", "0:4", "0:1", "0:3"));
}

TEST_F(EventLoopTest, jumps_to_the_first_deadline_when_nothing_is_ready) {
    at(2s, "late");
    at(1s, "early");
    loop.run_iteration();
    EXPECT_EQ(loop.time(), 1s);
    EXPECT_THAT(notes, ElementsAre("0:early"));
    loop.run_iteration();
    EXPECT_EQ(loop.time(), 2s);
    EXPECT_THAT(notes, ElementsAre("0:early", "1:late"));
}

TEST_F(EventLoopTest, does_not_wait_while_something_is_ready) {
    at(1s, "timer");
    soon("ready");
    loop.run_iteration();
    EXPECT_EQ(loop.time(), 0s);
    EXPECT_THAT(notes, ElementsAre("0:ready"));
}

TEST_F(EventLoopTest, does_not_turn_the_clock_back_for_a_deadline_that_is_past) {
    at(1s, "first");
    loop.run_iteration();
    at(500ms, "past");
    loop.run_iteration();
    EXPECT_EQ(loop.time(), 1s);
    EXPECT_THAT(notes, ElementsAre("0:first", "1:past"));
}

TEST_F(EventLoopTest, writes_its_clock_into_the_trace) {
    at(1s, "timer");
    loop.run();
    EXPECT_EQ(log.time(trace::all_of_kind(log, Kind::timer_due).at(0)), 1s) << text_of(log);
    EXPECT_EQ(log.time(trace::all_of_kind(log, Kind::timer).at(0)), 0s);
}

TEST_F(EventLoopTest, finishes_the_iteration_in_which_it_is_stopped) {
    soon("a");
    loop.call_soon(callback([this] {
        loop.stop();
        soon("never");
    }));
    soon("b");
    EXPECT_EQ(loop.run(), Progress::stopped);
    EXPECT_THAT(notes, ElementsAre("0:a", "0:b"));
}

TEST_F(EventLoopTest, is_deadlocked_when_nothing_is_ready_and_no_timer_runs) {
    EXPECT_EQ(loop.run_once(), Progress::deadlock);
    EXPECT_EQ(loop.run(), Progress::deadlock);
    EXPECT_EQ(log.size(), 1u) << "and nothing happens meanwhile";
    soon("a");
    EXPECT_EQ(loop.run_once(), Progress::ran);
    EXPECT_EQ(loop.run_once(), Progress::deadlock);
}

TEST_F(EventLoopTest, with_nothing_but_cancelled_timers_is_deadlocked) {
    loop.cancel_timer(at(1s, "timer"));
    EXPECT_EQ(loop.run(), Progress::deadlock);
    EXPECT_EQ(loop.time(), 0s);
}

TEST_F(EventLoopTest, goes_on_by_one_handle_at_a_time) {
    for (const char* name : {"a", "b", "c"}) soon(name);
    loop.run_once();
    EXPECT_THAT(notes, ElementsAre("0:a"));
    EXPECT_EQ(loop.left_in_iteration(), 2u);
    loop.run_iteration();
    EXPECT_THAT(notes, ElementsAre("0:a", "0:b", "0:c"));
    EXPECT_EQ(loop.left_in_iteration(), 0u);
    EXPECT_EQ(loop.iteration(), 1u);
}

TEST_F(EventLoopTest, skips_a_handle_that_was_cancelled) {
    Runnable& victim = noting("victim");
    loop.call_soon(callback([&] { victim.cancel(); }));
    loop.call_soon(victim);
    soon("after");
    loop.run();
    EXPECT_THAT(notes, ElementsAre("0:after"));
    EXPECT_EQ(count(Kind::skip), 1u);
    EXPECT_EQ(count(Kind::callback), 2u);
}

TEST_F(EventLoopTest, does_not_fire_a_timer_that_was_cancelled) {
    const std::uint32_t timer = at(1s, "cancelled");
    at(2s, "timer");
    loop.cancel_timer(timer);
    loop.cancel_timer(timer);
    loop.run();
    EXPECT_THAT(notes, ElementsAre("0:timer"));
    EXPECT_EQ(count(Kind::timer_cancel), 1u) << "cancelled once is cancelled";
}

TEST_F(EventLoopTest, skips_a_timer_that_is_cancelled_after_it_came_due) {
    std::uint32_t victim = 0;
    loop.call_at(1s, callback([&] { loop.cancel_timer(victim); }));
    victim = at(1s, "victim");
    loop.run();
    EXPECT_EQ(count(Kind::timer_due), 2u);
    EXPECT_EQ(count(Kind::skip), 1u);
    EXPECT_THAT(notes, IsEmpty());
}

TEST_F(EventLoopTest, says_what_starts_and_what_comes_of_a_timer) {
    const StringId name = log.intern("heartbeat");
    const std::uint32_t slot = loop.call_at(3s, callback([] {}, name));
    const TimerId timer = loop.timers()[slot].id;
    loop.run();
    const trace::Event& start = log[trace::all_of_kind(log, Kind::timer).at(0)];
    EXPECT_EQ(trace::timer_deadline(start), 3s);
    EXPECT_EQ(start.tag<trace::Callback>(), trace::Callback::user);
    const trace::Event& named = log[trace::all_of_kind(log, Kind::name).at(0)];
    EXPECT_EQ(named.tag<trace::Named>(), trace::Named::timer);
    EXPECT_EQ(named.subject, timer.value);
    EXPECT_EQ(named.a, name.value);
    EXPECT_EQ(log[trace::all_of_kind(log, Kind::timer_due).at(0)].a, timer.value);
    EXPECT_EQ(log[trace::all_of_kind(log, Kind::callback).at(0)].a, name.value);
}

TEST_F(EventLoopTest, keeps_a_deadline_that_is_years_away_although_the_trace_says_less) {
    const Time far = 24h * 365 * 10;
    at(far, "far");
    loop.run();
    EXPECT_EQ(loop.time(), far);
    EXPECT_EQ(trace::timer_deadline(log[trace::all_of_kind(log, Kind::timer).at(0)]),
              Time(trace::deadline_limit));
}

TEST_F(EventLoopTest, is_the_running_loop_only_while_it_runs) {
    EXPECT_EQ(EventLoop::running(), nullptr);
    trace::Log inner_log;
    EventLoop inner(inner_log, storages);
    loop.call_soon(callback([&] {
        EXPECT_EQ(EventLoop::running(), &loop);
        inner.call_soon(callback([&] { EXPECT_EQ(EventLoop::running(), &inner); }));
        inner.run_once();
        EXPECT_EQ(EventLoop::running(), &loop);
    }));
    loop.run();
    EXPECT_EQ(EventLoop::running(), nullptr);
}

TEST_F(EventLoopTest, drops_what_is_pending_when_it_ends) {
    const auto held = std::make_shared<int>();
    {
        EventLoop short_lived(log, storages);
        short_lived.call_soon(callback([held] {}));
        short_lived.call_at(1s, callback([held] {}));
        short_lived.call_at(0s, callback([held] {}));
        short_lived.cancel_timer(short_lived.call_at(2s, callback([held] {})));
        short_lived.run_once();
        EXPECT_EQ(held.use_count(), 3) << "one was run and one cancelled";
    }
    EXPECT_EQ(held.use_count(), 1);
}

TEST_F(EventLoopTest, runs_a_callback_in_the_context_that_it_brings) {
    class InContext final : public Runnable {
      public:
        explicit InContext(context::ContextVars& vars) : vars_(vars) {}
        void run(EventLoop& loop) override { loop.scope().vars->set(VariableId{1}, context::written_by(5)); }
        [[nodiscard]] trace::Callback callback() const override { return trace::Callback::user; }
        [[nodiscard]] context::ContextVars* context() override { return &vars_; }

      private:
        context::ContextVars& vars_;
    };
    context::ContextVars vars;
    loop.call_soon(*new InContext(vars));
    loop.run();
    EXPECT_EQ(vars.get(VariableId{1}), context::written_by(5));
    EXPECT_FALSE(loop.scope().vars->get(VariableId{1}));
}

/// A loop whose handles take 10 ms.
class StepCost : public EventLoopTest {
  protected:
    EventLoop slow_{log, storages, {10ms}};
};

TEST_F(StepCost, is_added_after_each_handle) {
    std::vector<Time> times;
    for (int each = 0; each < 3; ++each) slow_.call_soon(callback([&] { times.push_back(slow_.time()); }));
    slow_.run();
    EXPECT_THAT(times, ElementsAre(0ms, 10ms, 20ms));
    EXPECT_EQ(slow_.time(), 30ms);
}

TEST_F(StepCost, is_not_charged_for_a_handle_that_is_skipped) {
    auto& cancelled = callback([] {});
    cancelled.cancel();
    slow_.call_soon(cancelled);
    slow_.run();
    EXPECT_EQ(slow_.time(), 0ms);
}

TEST_F(StepCost, makes_timers_due_while_handles_run) {
    std::vector<std::string> order;
    slow_.call_at(15ms, callback([&] { order.emplace_back("timer"); }));
    for (int each = 0; each < 2; ++each) {
        slow_.call_soon(callback([&] {
            order.emplace_back("handle");
            slow_.call_soon(callback([&] { order.emplace_back("next"); }));
        }));
    }
    slow_.run();
    EXPECT_THAT(order, ElementsAre("handle", "handle", "next", "next", "timer"));
    EXPECT_EQ(slow_.time(), 50ms);
}

TEST_F(StepCost, that_makes_the_loop_late_does_not_move_deadlines) {
    slow_.call_at(5ms, callback([] {}));
    for (int each = 0; each < 3; ++each) slow_.call_soon(callback([] {}));
    slow_.run();
    EXPECT_EQ(slow_.time(), 40ms) << "30 ms of handles, then at once the timer that was due at 5 ms";
}

}  // namespace
}  // namespace loopscope::loop
