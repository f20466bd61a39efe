#include "app/session/pursuit.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

/// A program that prints nothing but once in a long while.
Session sparse() {
    return Session(
        setup_of("indication", trace::Storage::global, {{"interval", "0.5"}, {"duration", "3600"}}));
}

/// Follows it to its end, no time at a time; returns in how many slices.
int follow(Session& session, Pursuit::Goal goal) {
    Pursuit pursuit(session, std::move(goal));
    int slices = 1;
    while (!is_over(pursuit.poll(session, std::chrono::nanoseconds(0)))) ++slices;
    return slices;
}

TEST(Pursuit, leads_from_print_to_print_and_runs_nothing_beyond_them) {
    const Session finished = finished_seed();
    Session session = seed();
    for (const trace::PrintInfo& print : finished.index().prints()) {
        follow(session, {What::print});
        ASSERT_EQ(session.cursor(), print.event);
        const HandleIndex handle = finished.index().handle_at(print.event).value();
        ASSERT_LE(session.head(), finished.index().last_event(handle));
    }
    follow(session, {What::print});
    EXPECT_TRUE(session.at_end());
    EXPECT_EQ(session.head(), finished.head());
}

TEST(Pursuit, leads_from_leak_to_leak_and_from_step_to_step) {
    const Session finished = finished_seed();
    Session session = seed();
    for (const trace::PrintInfo& print : finished.index().prints()) {
        if (!print.leak) continue;
        follow(session, {What::leak});
        ASSERT_EQ(session.cursor(), print.event);
    }
    session = seed();
    for (const HandleIndex step : finished.index().task(TaskId{2}).steps) {
        follow(session, {What::task, TaskId{2}});
        ASSERT_EQ(session.cursor(), finished.index().last_event(step));
    }
}

TEST(Pursuit, leads_from_stale_print_to_stale_print_and_back) {
    Session session(setup_of("pool-worker", trace::Storage::contextvar));
    std::vector<EventIndex> found;
    while (drive(session, {What::stale})) found.push_back(session.cursor());
    std::vector<EventIndex> stale;
    for (const trace::PrintInfo& print : session.index().prints()) {
        if (print.stale) stale.push_back(print.event);
    }
    EXPECT_EQ(found.size(), 3u);
    EXPECT_EQ(found, stale);
    EXPECT_TRUE(session.at_end());
    std::vector<EventIndex> back;
    while (drive(session, {.what = What::stale, .direction = Direction::back}))
        back.push_back(session.cursor());
    std::ranges::reverse(back);
    EXPECT_EQ(back, stale);
}

TEST(Pursuit, leads_to_a_print_by_its_number_to_an_event_and_to_a_time) {
    Session session = seed();
    EXPECT_TRUE(drive(session, {.what = What::number, .number = {3}}));
    EXPECT_EQ(session.index().prints_until(session.cursor()), 4u);
    EXPECT_TRUE(drive(session, {.what = What::number, .number = {1}})) << "also where that is further back";
    EXPECT_EQ(session.index().prints_until(session.cursor()), 2u);
    const EventIndex further = session.head() + 50;
    EXPECT_TRUE(drive(session, {.what = What::event, .event = further}));
    EXPECT_EQ(session.cursor(), further);
    EXPECT_TRUE(drive(session, {.what = What::time, .until = Time(std::chrono::milliseconds(500))}));
    EXPECT_TRUE(session.at_head());
    EXPECT_GT(session.feed().time(), Time(std::chrono::milliseconds(500)));
    EXPECT_FALSE(session.over());
    EXPECT_FALSE(drive(session, {.what = What::number, .number = {1'000'000}}));
    EXPECT_TRUE(session.at_end());
}

TEST(Pursuit, that_is_cancelled_leaves_the_cursor_where_it_is) {
    Session session(setup_of("indication", trace::Storage::contextvar, {{"duration", "3600"}}));
    Pursuit pursuit(session, {What::leak});
    ASSERT_EQ(pursuit.poll(session, std::chrono::nanoseconds(0)), Status::grew);
    pursuit.cancel();
    const EventIndex head = session.head();
    EXPECT_EQ(pursuit.poll(session, std::chrono::nanoseconds::max()), Status::ended);
    EXPECT_FALSE(pursuit.found());
    EXPECT_EQ(session.head(), head);
    EXPECT_EQ(session.cursor(), session.first_event());
}

TEST(Pursuit, leads_back_to_a_difference_and_runs_nothing) {
    Session session = finished_seed();
    const EventIndex head = session.head();
    const auto every_third = [](PrintIndex print) { return print.value % 3 == 0; };
    std::vector<EventIndex> visited;
    for (EventIndex before = head + 1; session.cursor() < before;) {
        before = session.cursor();
        follow(session, {What::difference, {}, every_third, Direction::back});
        if (session.cursor() < before) visited.push_back(session.cursor());
    }
    std::vector<EventIndex> expected;
    const auto& prints = session.index().prints();
    for (PrintIndex print; print < prints.end_index(); print = print + 3)
        expected.push_back(prints.event(print));
    std::ranges::reverse(expected);
    EXPECT_EQ(visited, expected);
    EXPECT_EQ(session.cursor(), prints.event({0})) << "where there is none it stays";
    EXPECT_EQ(session.head(), head);
}

TEST(Pursuit, leads_iteration_by_iteration_to_the_end) {
    for (const char* const program : {"indication", "threads", "equal-deadlines"}) {
        Session session(setup_of(program, trace::Storage::global));
        std::vector<EventIndex> ends;
        while (step(session, What::iteration)) ends.push_back(session.cursor());
        EXPECT_TRUE(session.at_end());
        EXPECT_GE(ends.size(), session.index().iterations().size());
        Session back = std::move(session);
        for (std::size_t number = ends.size() - 1; number-- > 0;) {
            ASSERT_TRUE(step(back, What::iteration, Direction::back));
            ASSERT_EQ(back.cursor(), ends[number]);
        }
    }
}

TEST(Pursuit, goes_on_slice_by_slice_and_can_be_left_where_it_is) {
    Session session(setup_of("indication", trace::Storage::contextvar, {{"duration", "3600"}}));
    Pursuit pursuit(session, {What::leak});
    for (int slice = 0; slice < 3; ++slice) {
        const EventIndex before = session.head();
        ASSERT_EQ(pursuit.poll(session, std::chrono::nanoseconds(0)), Status::grew);
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
    follow(session, {What::difference, {}, [](PrintIndex print) { return print == PrintIndex{7}; }});
    EXPECT_EQ(session.index().prints_until(session.cursor()), 8u);
}

TEST(Pursuit, of_no_task_is_over_at_once) {
    Session session = sparse();
    EXPECT_EQ(follow(session, {What::task, TaskId{}}), 1);
    EXPECT_EQ(session.cursor(), session.first_event());
}

}  // namespace
}  // namespace loopscope::session
