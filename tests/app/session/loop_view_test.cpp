#include "app/session/loop_view.hpp"

#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

/// Puts the cursor on the first event of a kind after it, running on where there is none yet.
void go_to(Session& session, trace::Kind kind) {
    for (std::uint32_t event = session.cursor() + 1;; ++event) {
        while (event > session.head()) ASSERT_TRUE(session.extend(1));
        if (session.log()[event].kind() != kind) continue;
        return session.seek(event);
    }
}

TEST(LoopView, shows_exactly_what_the_state_says_after_every_event) {
    for (const auto storage : {trace::Storage::global, trace::Storage::contextvar}) {
        Session session = finished_seed(storage);
        for (std::uint32_t event = session.first_event(); event <= session.head(); ++event) {
            session.seek(event);
            const trace::State& state = session.state();
            const LoopView view = loop_view(state);
            ASSERT_EQ(view.ready.size(), state.ready().size());
            for (std::size_t place = 0; place < view.ready.size(); ++place) {
                ASSERT_EQ(view.ready[place].handle.task, state.ready()[place].task);
                ASSERT_EQ(view.ready[place].handle.is_step, state.ready()[place].is_step);
            }
            ASSERT_EQ(view.snapshot, std::min<std::size_t>(state.left_in_iteration(), view.ready.size()));
            ASSERT_EQ(view.runs.has_value(), state.handle().has_value());
            std::size_t waiting = 0;
            for (const trace::TaskStatus& task : state.tasks())
                waiting += task.phase == trace::TaskStatus::Phase::waiting ? 1 : 0;
            ASSERT_EQ(view.waits.size(), waiting);
            ASSERT_EQ(view.due.empty(), state.timers().empty());
            for (const LoopCard& card : view.due) {
                ASSERT_TRUE(card.deadline);
                ASSERT_TRUE(*card.deadline == view.due_at || *card.deadline <= state.time());
            }
        }
    }
}

TEST(LoopView, timers_with_the_first_deadline_are_due_together) {
    Session session = seed();
    go_to(session, trace::Kind::print_value);
    session.step_iteration(Direction::forward);
    const LoopView view = loop_view(session.state());
    ASSERT_FALSE(view.due.empty());
    EXPECT_FALSE(view.due_now);
    EXPECT_EQ(view.due_at, session.state().timers().front().deadline);
}

TEST(LoopView, a_timer_is_the_same_card_once_it_is_a_ready_handle) {
    Session session = seed();
    go_to(session, trace::Kind::timer_due);
    const std::uint32_t due = session.cursor();
    session.seek(due - 1);
    const LoopView before = loop_view(session.state());
    EXPECT_TRUE(before.due_now);
    ASSERT_FALSE(before.due.empty());
    session.seek(due);
    const LoopView after = loop_view(session.state());
    ASSERT_FALSE(after.ready.empty());
    EXPECT_EQ(after.ready.back().id, before.due.front().id);
    EXPECT_EQ(std::ranges::count(after.due, before.due.front().id, &LoopCard::id), 0);
}

TEST(LoopView, sleepers_wait_in_order_of_their_deadlines) {
    Session session = seed();
    go_to(session, trace::Kind::print_value);
    session.step_iteration(Direction::forward);
    const LoopView view = loop_view(session.state());
    ASSERT_GT(view.waits.size(), 1u);
    EXPECT_TRUE(std::ranges::is_sorted(
        view.waits, {}, [](const LoopCard& card) { return card.deadline.value_or(Time::max()); }));
}

}  // namespace
}  // namespace loopscope::session
