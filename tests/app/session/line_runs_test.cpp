#include "app/session/line_runs.hpp"

#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

/// The line of the seed's program that prints.
std::uint32_t printing_line(const Session& session) {
    return session.log()[session.index().prints().front().event].line();
}

/// Where it printed, as the index has it.
std::vector<EventIndex> print_events(const Session& session) {
    std::vector<EventIndex> events;
    for (const trace::PrintInfo& print : session.index().prints()) events.push_back(print.event);
    return events;
}

TEST(LineRuns, the_line_that_prints_ran_once_for_each_print) {
    const Session session = finished_seed();
    LineRuns runs;
    runs.look_at({printing_line(session)});
    complete(runs, session);
    EXPECT_EQ(runs.events(), print_events(session));
}

TEST(LineRuns, a_long_trace_is_looked_at_a_slice_at_a_time) {
    Session session(setup_of("indication", trace::Storage::global, {{"duration", "600"}}));
    run(session);
    LineRuns at_once;
    at_once.look_at({printing_line(session)});
    complete(at_once, session);
    LineRuns sliced;
    sliced.look_at({printing_line(session)});
    int slices = 1;
    while (!is_over(sliced.poll(session, std::chrono::nanoseconds(0)))) {
        EXPECT_LT(sliced.progress(), 1);
        ++slices;
    }
    EXPECT_GT(slices, 1);
    EXPECT_EQ(sliced.events(), at_once.events());
    EXPECT_EQ(sliced.progress(), 1);
}

TEST(LineRuns, grow_with_the_trace) {
    Session session = finished_seed();
    const std::uint32_t line = printing_line(session);
    Session growing = seed();
    LineRuns runs;
    runs.look_at({line});
    while (extend(growing, 1)) complete(runs, growing);
    complete(runs, growing);
    EXPECT_EQ(runs.events(), print_events(session));
}

TEST(LineRuns, begin_anew_with_another_trace) {
    Session session = finished_seed();
    LineRuns runs;
    runs.look_at({printing_line(session)});
    complete(runs, session);
    session.seek(runs.events()[4]);
    session.select(trace::Storage::contextvar);
    complete(runs, session);
    EXPECT_EQ(runs.events(), print_events(session));
    EXPECT_EQ(runs.events().size(), 5u);
}

TEST(LineRuns, lead_forward_and_back_and_around) {
    Session session = finished_seed();
    LineRuns runs;
    runs.look_at({printing_line(session)});
    complete(runs, session);
    const auto& events = runs.events();
    session.go_to_start();
    for (const EventIndex expected : events) {
        session.seek(runs.next(session.cursor(), Direction::forward).value());
        ASSERT_EQ(session.cursor(), expected);
    }
    EXPECT_EQ(runs.until(session.cursor()), events.size());
    EXPECT_EQ(runs.next(session.cursor(), Direction::forward), events.front());
    EXPECT_EQ(runs.next(session.cursor(), Direction::back), events[events.size() - 2]);
    EXPECT_EQ(runs.next(events.front(), Direction::back), events.back());
    EXPECT_EQ(runs.until(session.first_event()), 0u);
}

TEST(LineRuns, a_line_that_never_ran_leads_nowhere) {
    const Session session = finished_seed();
    LineRuns runs;
    runs.look_at({1});
    complete(runs, session);
    EXPECT_TRUE(runs.events().empty());
    EXPECT_FALSE(runs.next(session.cursor(), Direction::forward));
}

// A timer has no line, though its deadline stands where others have theirs.
TEST(LineRuns, every_time_belongs_to_an_event_that_says_its_line) {
    const Session session = finished_seed();
    std::size_t all = 0;
    for (std::uint32_t line = 1; line < 60; ++line) {
        LineRuns runs;
        runs.look_at({line});
        complete(runs, session);
        for (const EventIndex event : runs.events()) {
            ASSERT_NE(session.log()[event].kind(), trace::Kind::timer);
            ASSERT_EQ(session.log()[event].line(), line);
        }
        all += runs.events().size();
    }
    EXPECT_GT(all, session.index().prints().size());
}

}  // namespace
}  // namespace loopscope::session
