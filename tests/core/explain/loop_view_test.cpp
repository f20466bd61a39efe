#include "core/explain/loop_view.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/observed_run.hpp"

namespace loopscope::explain {
namespace {

/// Puts the cursor on the first event of a kind. REQUIRES: there is one.
void go_to(ObservedRun& run, trace::Kind kind) {
    EventIndex event = run.first_event() + 1;
    while (run.log()[event].kind() != kind) ++event;
    run.seek(event);
}

/// Puts the cursor where the iteration ends in which the program prints first.
void go_to_end_of_printing(ObservedRun& run) {
    const trace::Index& index = run.index();
    const auto next = std::ranges::upper_bound(index.iterations(), index.prints().event(PrintIndex{0}));
    run.seek(index.last_event(index.handle_at(*next).value()));
}

TEST(LoopView, shows_exactly_what_the_state_says_after_every_event) {
    for (const auto storage : {trace::Storage::global, trace::Storage::contextvar}) {
        ObservedRun run = observe_seed(storage);
        for (EventIndex event = run.first_event(); event <= run.head(); ++event) {
            run.seek(event);
            const trace::State& state = run.state();
            const LoopView view = loop_view(state);
            ASSERT_EQ(view.ready.size(), state.ready().size());
            for (std::size_t position = 0; position < view.ready.size(); ++position) {
                ASSERT_EQ(view.ready[position].handle.task, state.ready()[position].task);
                ASSERT_EQ(view.ready[position].handle.is_step, state.ready()[position].is_step);
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
    ObservedRun run = observe_seed();
    go_to_end_of_printing(run);
    const LoopView view = loop_view(run.state());
    ASSERT_FALSE(view.due.empty());
    EXPECT_FALSE(view.due_now);
    EXPECT_EQ(view.due_at, run.state().timers().front().deadline);
}

TEST(LoopView, a_timer_is_the_same_card_once_it_is_a_ready_handle) {
    ObservedRun run = observe_seed();
    go_to(run, trace::Kind::timer_due);
    const EventIndex due = run.cursor();
    run.seek(due - 1);
    const LoopView before = loop_view(run.state());
    EXPECT_TRUE(before.due_now);
    ASSERT_FALSE(before.due.empty());
    run.seek(due);
    const LoopView after = loop_view(run.state());
    ASSERT_FALSE(after.ready.empty());
    EXPECT_EQ(after.ready.back().id, before.due.front().id);
    EXPECT_EQ(std::ranges::count(after.due, before.due.front().id, &LoopCard::id), 0);
}

TEST(LoopView, sleepers_wait_in_order_of_their_deadlines) {
    ObservedRun run = observe_seed();
    go_to_end_of_printing(run);
    const LoopView view = loop_view(run.state());
    ASSERT_GT(view.waits.size(), 1u);
    EXPECT_TRUE(std::ranges::is_sorted(
        view.waits, {}, [](const LoopCard& card) { return card.deadline.value_or(Time::max()); }));
}

TEST(LoopView, makes_cards_of_the_first_of_very_many_and_counts_them_all) {
    constexpr std::uint32_t tasks = 1000;
    trace::Log log;
    log.emit(trace::Kind::begin);
    for (std::uint32_t task = 1; task <= tasks; ++task)
        log.emit(trace::Kind::spawn, task, 0, tagged(trace::Start::soon));
    log.emit(trace::Kind::iteration, 1, tasks);
    trace::State state;
    const auto fold = [&] {
        while (state.size() < log.size()) state.apply(log[{state.size()}]);
        return loop_view(state);
    };
    const LoopView before = fold();
    EXPECT_EQ(before.all_ready, tasks);
    EXPECT_EQ(before.snapshot, tasks);
    EXPECT_EQ(before.ready.size(), LoopView::max_cards);
    const LoopView further = loop_view(state, {.ready = 900});
    EXPECT_EQ(further.first.ready, 900u);
    EXPECT_EQ(further.all_ready, tasks);
    ASSERT_EQ(further.ready.size(), 100u);
    EXPECT_EQ(further.ready[0].handle.task, TaskId{901});
    EXPECT_TRUE(loop_view(state, {.ready = 5000}).ready.empty());
    for (std::uint32_t task = 1; task <= tasks; ++task) {
        log.emit(trace::Kind::step, task);
        log.emit(trace::Kind::timer, task, 5 + task % 2, tagged(trace::Callback::sleep));
        log.emit(trace::Kind::suspend, task, task, tagged(trace::Wait::sleep));
    }
    const LoopView after = fold();
    EXPECT_EQ(after.all_waits, tasks);
    EXPECT_EQ(after.waits.size(), LoopView::max_cards);
    EXPECT_EQ(after.waits[0].handle.task, TaskId{2});
    EXPECT_EQ(after.waits[1].handle.task, TaskId{4}) << "the first deadline first, then as created";
    EXPECT_EQ(after.all_due, tasks / 2);
    EXPECT_EQ(after.due.size(), LoopView::max_cards);
    EXPECT_EQ(after.due_at, Time(5));

    const LoopView later = loop_view(state, {.waits = 400});
    EXPECT_EQ(later.first.waits, 400u);
    EXPECT_EQ(later.all_waits, tasks);
    ASSERT_EQ(later.waits.size(), LoopView::max_cards);
    EXPECT_EQ(later.waits[0].handle.task, TaskId{802}) << "every second one has the first deadline";
    EXPECT_EQ(later.waits[99].handle.task, TaskId{1000});
    EXPECT_EQ(later.waits[100].handle.task, TaskId{1}) << "and the others come after those";
    EXPECT_EQ(loop_view(state, {.waits = 990}).waits.size(), 10u);
    EXPECT_TRUE(loop_view(state, {.waits = 5000}).waits.empty());

    const LoopView timers = loop_view(state, {.due = 400});
    EXPECT_EQ(timers.first.due, 400u);
    EXPECT_EQ(timers.all_due, tasks / 2);
    EXPECT_EQ(timers.due_at, Time(5));
    ASSERT_EQ(timers.due.size(), 100u);
    EXPECT_EQ(timers.due[0].handle.task, TaskId{802});
    EXPECT_TRUE(loop_view(state, {.due = 5000}).due.empty()) << "what comes due later is not due";
}

}  // namespace
}  // namespace loopscope::explain
