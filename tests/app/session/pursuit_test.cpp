#include "app/session/pursuit.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using What = Pursuit::What;

/// A program that prints nothing but once in a long while.
Session sparse() {
    return Session(
        setup_of("indication", trace::Storage::global, {{"interval", "0.5"}, {"duration", "3600"}}));
}

/// Follows it to its end, no time at a time; gives in how many slices.
int follow(Session& session, Pursuit::Goal goal) {
    Pursuit pursuit(session, std::move(goal));
    int slices = 1;
    while (!pursuit.advance(session, std::chrono::nanoseconds(0))) ++slices;
    return slices;
}

TEST(Pursuit, leads_where_stepping_leads) {
    Session session = seed();
    Session stepped = seed();
    while (stepped.step_print(Direction::forward)) {
        follow(session, {What::print});
        ASSERT_EQ(session.cursor(), stepped.cursor());
        ASSERT_EQ(session.head(), stepped.head()) << "nothing has been run beyond it";
    }
    follow(session, {What::print});
    EXPECT_TRUE(session.at_end());
    session.go_to_start();
    stepped.go_to_start();
    while (stepped.step_leak(Direction::forward)) {
        follow(session, {What::leak});
        ASSERT_EQ(session.cursor(), stepped.cursor());
    }
    session.go_to_start();
    stepped.go_to_start();
    while (stepped.step_task(TaskId{2}, Direction::forward)) {
        follow(session, {What::task, TaskId{2}});
        ASSERT_EQ(session.cursor(), stepped.cursor());
    }
}

TEST(Pursuit, leads_back_to_a_difference_and_runs_nothing) {
    Session session = finished_seed();
    const std::uint32_t head = session.head();
    const auto every_third = [](std::size_t place) { return place % 3 == 0; };
    std::vector<std::uint32_t> visited;
    for (std::uint32_t before = head + 1; session.cursor() < before;) {
        before = session.cursor();
        follow(session, {What::difference, {}, every_third, Direction::back});
        if (session.cursor() < before) visited.push_back(session.cursor());
    }
    std::vector<std::uint32_t> expected;
    const auto& prints = session.index().prints();
    for (std::size_t place = 0; place < prints.size(); place += 3) expected.push_back(prints.event(place));
    std::ranges::reverse(expected);
    EXPECT_EQ(visited, expected);
    EXPECT_EQ(session.cursor(), prints.event(0)) << "where there is none it stays";
    EXPECT_EQ(session.head(), head);
}

TEST(Pursuit, leads_iteration_by_iteration_to_the_end) {
    for (const char* const program : {"indication", "threads", "equal-deadlines"}) {
        Session session(setup_of(program, trace::Storage::global));
        Session stepped(setup_of(program, trace::Storage::global));
        do {
            follow(session, {What::iteration});
            const bool moved = stepped.step_iteration(Direction::forward);
            ASSERT_EQ(session.cursor(), stepped.cursor());
            ASSERT_EQ(session.head(), stepped.head());
            if (!moved) break;
        } while (true);
        EXPECT_TRUE(session.at_end());
    }
}

TEST(Pursuit, goes_on_slice_by_slice_and_can_be_left_where_it_is) {
    Session session(setup_of("indication", trace::Storage::contextvar, {{"duration", "3600"}}));
    Pursuit pursuit(session, {What::leak});
    for (int slice = 0; slice < 3; ++slice) {
        const std::uint32_t before = session.head();
        ASSERT_FALSE(pursuit.advance(session, std::chrono::nanoseconds(0)));
        EXPECT_GT(session.head(), before);
        EXPECT_EQ(session.cursor(), session.first_event()) << "the cursor waits until it is found";
    }
}

TEST(Pursuit, ends_at_the_end_if_there_is_nothing_to_find) {
    Session session = seed(trace::Storage::contextvar);
    EXPECT_GT(follow(session, {What::leak}), 0);
    EXPECT_TRUE(session.at_end());
}

TEST(Pursuit, finds_the_print_that_differs) {
    Session session = seed();
    follow(session, {What::difference, {}, [](std::size_t place) { return place == 7; }});
    EXPECT_EQ(session.index().prints_until(session.cursor()), 8u);
}

TEST(Pursuit, of_no_task_is_over_at_once) {
    Session session = sparse();
    EXPECT_EQ(follow(session, {What::task, TaskId{}}), 1);
    EXPECT_EQ(session.cursor(), session.first_event());
}

}  // namespace
}  // namespace loopscope::session
