#include "app/session/session.hpp"

#include <algorithm>
#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using trace::Kind;
using trace::Storage;
using namespace std::chrono_literals;

/// A way to move through a trace.
struct Way {
    const char* name;
    What what;
};
constexpr Way ways[] = {
    {"handles", What::handle},
    {"iterations", What::iteration},
    {"prints", What::print},
    {"leaks", What::leak},
};

struct Case {
    const char* program;
    Storage storage;
    Way way;
};

void PrintTo(const Case& test, std::ostream* out) {
    *out << test.way.name << " of " << test.program << " under " << name(test.storage);
}

std::vector<Case> all_cases() {
    std::vector<Case> cases;
    for (const Way& way : ways) {
        for (const char* program : {"indication", "indication-main"}) {
            for (const Storage storage : {Storage::global, Storage::context_shared, Storage::contextvar})
                cases.push_back({program, storage, way});
        }
    }
    return cases;
}

class SessionSteps : public testing::TestWithParam<Case> {
  protected:
    bool step(Direction direction) { return session::step(session_, GetParam().way.what, direction); }
    /// What is seen wherever steps forward lead, up to the last one that leads somewhere.
    std::vector<std::string> walk() {
        std::vector<std::string> seen = {here(session_)};
        while (step(Direction::forward) && !session_.at_end()) seen.push_back(here(session_));
        return seen;
    }

    Session session_{setup_of(GetParam().program, GetParam().storage)};
};

INSTANTIATE_TEST_SUITE_P(Ways, SessionSteps, testing::ValuesIn(all_cases()));

TEST_P(SessionSteps, back_undo_each_step_forward) {
    const std::string start = here(session_);
    std::string before = start;
    while (step(Direction::forward) && !session_.at_end()) {
        const std::string after = here(session_);
        const bool first_stop = before == start;
        const bool moved = step(Direction::back);
        // There is no print before the first one, and no leak before the first leak: it stays where it is.
        if (first_stop && !moved) {
            ASSERT_EQ(here(session_), after);
        } else {
            ASSERT_EQ(here(session_), before);
            ASSERT_TRUE(step(Direction::forward));
            ASSERT_EQ(here(session_), after);
        }
        before = after;
    }
}

TEST_P(SessionSteps, back_lead_through_the_same_places_as_on_the_way_there) {
    const std::vector<std::string> seen = walk();
    run(session_);
    std::vector<std::string> positions;
    while (step(Direction::back)) positions.push_back(here(session_));
    std::ranges::reverse(positions);
    // Steps back from the end of prints and leaks end at the first one, the others at the start.
    const std::size_t missing = seen.size() - positions.size();
    ASSERT_LE(missing, 1u);
    EXPECT_TRUE(
        std::equal(positions.begin(), positions.end(), seen.begin() + static_cast<std::ptrdiff_t>(missing)));
}

TEST_P(SessionSteps, back_undo_the_step_to_the_end) {
    std::string before = here(session_);
    while (step(Direction::forward) && !session_.at_end()) before = here(session_);
    ASSERT_TRUE(session_.at_end());
    const bool moved = step(Direction::back);
    EXPECT_TRUE(!moved || here(session_) == before) << here(session_);
}

TEST_P(SessionSteps, never_change_what_has_happened) {
    run(session_);
    const std::vector<trace::Event> events = trace::events_of(session_.log());
    while (step(Direction::back)) continue;
    while (step(Direction::forward)) continue;
    EXPECT_EQ(trace::events_of(session_.log()), events);
}

TEST_P(SessionSteps, always_show_the_state_that_the_trace_tells_up_to_the_cursor) {
    do {
        trace::State state;
        while (state.size() <= session_.cursor().value) state.apply(session_.log()[EventIndex{state.size()}]);
        ASSERT_EQ(text_of(session_.state()), text_of(state));
    } while (step(Direction::forward));
}

TEST(Session, opens_paused_before_the_first_handle) {
    Session session = seed();
    EXPECT_EQ(session.cursor(), session.first_event());
    EXPECT_TRUE(session.at_head());
    EXPECT_FALSE(session.over());
    EXPECT_EQ(session.state().iteration(), 0u);
    EXPECT_EQ(session.state().ready().size(), 4u);
    EXPECT_EQ(output_until_cursor(session), "");
}

TEST(Session, steps_over_one_handle_at_a_time) {
    Session session = seed();
    std::size_t handles = 0;
    while (!session.at_end()) {
        const EventIndex before = session.cursor();
        ASSERT_TRUE(step(session, What::handle));
        std::size_t begun = 0;
        for (EventIndex at = before + 1; at <= session.cursor(); ++at) {
            const Kind kind = session.log()[at].kind();
            begun += kind == Kind::step || kind == Kind::callback || kind == Kind::skip ? 1u : 0u;
        }
        ASSERT_LE(begun, 1u);
        handles += begun;
    }
    EXPECT_EQ(handles, session.index().handles().size());
    EXPECT_FALSE(step(session, What::handle));
    EXPECT_TRUE(session.at_end());
}

TEST(Session, steps_from_print_to_print) {
    Session session = seed();
    for (std::size_t count = 1; count <= 40; ++count) {
        ASSERT_TRUE(step(session, What::print));
        ASSERT_EQ(output_until_cursor(session), repeat("c", static_cast<int>(count)));
        ASSERT_EQ(session.log()[session.cursor()].kind(), Kind::print_value);
    }
    EXPECT_FALSE(step(session, What::print));
}

TEST(Session, steps_from_leak_to_leak) {
    Session session = seed();
    int leaks = 0;
    while (step(session, What::leak)) {
        ++leaks;
        ASSERT_NE(session.log()[session.cursor()].task(), TaskId{8})
            << "c's own task prints what its own chain wrote";
    }
    EXPECT_EQ(leaks, 30);
}

TEST(Session, finds_no_leak_under_contextvar) {
    Session session = seed(Storage::contextvar);
    EXPECT_FALSE(step(session, What::leak));
    run(session);
    const EventIndex end = session.cursor();
    EXPECT_FALSE(step(session, What::leak, Direction::back));
    EXPECT_EQ(session.cursor(), end);
}

TEST(Session, steps_through_iterations_to_the_end) {
    Session session = seed();
    std::uint32_t last = 0;
    while (step(session, What::iteration)) {
        ASSERT_GE(session.state().iteration(), last);
        ASSERT_TRUE(session.at_end() || session.state().iteration() == last + 1) << last;
        ASSERT_EQ(session.state().left_in_iteration(), 0u);
        last = session.state().iteration();
    }
    EXPECT_TRUE(session.at_end());
}

TEST(Session, steps_through_what_one_task_does) {
    Session session = finished_seed();
    session.go_to_start();
    const TaskId task{6};
    std::vector<EventIndex> stops;
    while (step_task(session, task)) {
        ASSERT_EQ(session.state().handle()->task, task);
        stops.push_back(session.cursor());
    }
    EXPECT_EQ(stops.size(), session.index().task(task).steps.size());
    stops.pop_back();
    while (step_task(session, task, Direction::back)) {
        ASSERT_FALSE(stops.empty());
        ASSERT_EQ(session.cursor(), stops.back());
        stops.pop_back();
    }
    EXPECT_TRUE(stops.empty());
    EXPECT_FALSE(step_task(session, {}));
    EXPECT_FALSE(step_task(session, TaskId{99}));
}

TEST(Session, runs_on_to_a_task_s_next_step_if_it_has_not_been_there) {
    Session session = seed();
    EXPECT_TRUE(step_task(session, TaskId{3}));
    EXPECT_EQ(session.state().handle()->task, TaskId{3});
    EXPECT_EQ(session.log()[session.cursor()].kind(), Kind::suspend);
}

TEST(Session, seeks_within_its_trace) {
    Session session = finished_seed();
    session.seek({0});
    EXPECT_EQ(session.cursor(), session.first_event());
    session.seek({100});
    EXPECT_EQ(session.cursor(), EventIndex{100});
    session.seek({1'000'000});
    EXPECT_EQ(session.cursor(), session.head());
}

TEST(Session, shows_the_same_wherever_it_is_sought_as_when_it_is_folded_from_the_start) {
    Session session(setup_of("indication", Storage::global, {{"duration", "100"}}));
    run(session);
    ASSERT_GT(session.head(), EventIndex{40'000});
    std::mt19937 random(20);  // NOLINT(bugprone-random-generator-seed): the same events every time
    constexpr EventIndex first{6};
    std::vector<EventIndex> events;
    for (int each = 0; each < 60; ++each)
        events.push_back(first + static_cast<std::uint32_t>(random()) % (session.head() - first));
    std::map<EventIndex, std::string> expected;
    for (const EventIndex event : events) expected[event];
    trace::State state;
    for (auto& [event, text] : expected) {
        while (state.size() <= event.value) state.apply(session.log()[EventIndex{state.size()}]);
        text = text_of(state);
    }
    for (const EventIndex event : events) {
        session.seek(event);
        ASSERT_EQ(text_of(session.state()), expected[event]) << event.value;
    }
}

TEST(Session, runs_until_its_clock_has_passed_a_time) {
    Session session = seed();
    run(session, Time(450ms));
    EXPECT_EQ(whole_output(session), repeat("c", 20));
    EXPECT_TRUE(session.at_head());
    EXPECT_FALSE(session.over());
    run(session, Time(450ms));
    EXPECT_EQ(whole_output(session), repeat("c", 20));
    run(session);
    EXPECT_EQ(whole_output(session), repeat("c", 40));
    EXPECT_TRUE(session.at_end());
}

TEST(Session, extends_its_trace_and_leaves_the_cursor_where_it_is) {
    Session session = seed();
    const std::string before = here(session);
    EXPECT_TRUE(extend(session, 10));
    EXPECT_EQ(session.index().handles().size(), 10u);
    EXPECT_EQ(here(session), before);
    EXPECT_FALSE(extend(session, 100'000));
    EXPECT_EQ(here(session), before);
    EXPECT_TRUE(session.over());
    EXPECT_FALSE(session.at_end());
}

TEST(Session, restarts_with_another_program) {
    Session session = finished_seed();
    session.restart(setup_of("indication-main", Storage::context_shared));
    EXPECT_EQ(session.cursor(), session.first_event());
    EXPECT_EQ(session.storage(), Storage::context_shared);
    EXPECT_TRUE(session.at_head());
    run(session);
    EXPECT_EQ(whole_output(session), repeat("c", 40));
    EXPECT_TRUE(session.undo());
    EXPECT_TRUE(session.at_end());
    EXPECT_EQ(session.setup()->program->name, "indication");
}

}  // namespace
}  // namespace loopscope::session
