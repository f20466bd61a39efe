// Selecting another storage: at the head, in the past, inside a handle, at the end.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/session/session.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using trace::Kind;
using trace::Storage;
using namespace std::chrono_literals;

TEST(SessionSwitch, in_mid_run_turns_c_into_each_chain_s_own_symbol_from_the_next_read_on) {
    Session session = seed();
    for (int print = 0; print < 12; ++print) step(session, What::print);
    while (session.log()[session.cursor()].kind() != Kind::suspend) step(session, What::handle);
    ASSERT_TRUE(session.at_head());
    EXPECT_FALSE(session.would_fork());
    session.select(Storage::contextvar);
    EXPECT_TRUE(session.at_head());
    EXPECT_EQ(session.storage(), Storage::contextvar);
    EXPECT_EQ(output_until_cursor(session), repeat("c", 12));
    run(session);
    EXPECT_EQ(whole_output(session), repeat("c", 12) + repeat("0abc", 7));
    EXPECT_EQ(session.index().leaks_until(session.cursor()), 9u);
}

TEST(SessionSwitch, on_a_print_leaves_that_print_and_changes_the_next_one) {
    Session session = finished_seed();
    session.go_to_start();
    for (int print = 0; print < 13; ++print) step(session, What::print);
    EXPECT_TRUE(session.would_fork());
    session.select(Storage::contextvar);
    EXPECT_EQ(output_until_cursor(session), repeat("c", 13));
    run(session);
    EXPECT_EQ(whole_output(session), repeat("c", 13) + "abc" + repeat("0abc", 6));
}

TEST(SessionSwitch, between_a_read_and_its_print_leaves_what_was_read) {
    Session session = finished_seed();
    const EventIndex get = session.index().prints().event({4}) - 1;
    ASSERT_EQ(session.log()[get].kind(), Kind::get);
    session.seek(get);
    session.select(Storage::contextvar);
    run(session);
    EXPECT_EQ(whole_output(session), repeat("c", 5) + "abc" + repeat("0abc", 8));
}

TEST(SessionSwitch, back_and_forth_takes_effect_each_time) {
    Session session = seed();
    run(session, Time(250ms));
    session.select(Storage::contextvar);
    run(session, Time(450ms));
    session.select(Storage::thread_local_);
    run(session);
    EXPECT_EQ(whole_output(session), repeat("c", 12) + repeat("0abc", 2) + repeat("c", 20));
    ASSERT_EQ(session.switches().size(), 2u);
    EXPECT_EQ(session.index().switches().size(), 3u);
}

TEST(SessionSwitch, to_the_storage_that_is_selected_does_nothing) {
    Session session = seed();
    run(session, Time(250ms));
    const std::vector<trace::Event> events = trace::events_of(session.log());
    session.select(Storage::global);
    EXPECT_EQ(trace::events_of(session.log()), events);
    EXPECT_TRUE(session.switches().empty());
    EXPECT_FALSE(session.undo());
}

// Byte for byte, wherever the cursor can be put between two handles: going back and switching is switching at
// the time.
TEST(SessionSwitch, in_the_past_leaves_the_trace_that_a_switch_at_the_time_leaves) {
    Session steps = seed();
    std::vector<EventIndex> stops = {steps.cursor()};
    while (step(steps, What::handle) && !steps.at_end()) stops.push_back(steps.cursor());
    for (const EventIndex stop : stops) {
        Session at_the_time = seed();
        while (at_the_time.cursor() < stop) step(at_the_time, What::handle);
        if (at_the_time.over()) break;
        at_the_time.select(Storage::contextvar);
        const std::string then = here(at_the_time);
        run(at_the_time);

        Session later = finished_seed();
        later.seek(stop);
        later.select(Storage::contextvar);
        ASSERT_EQ(here(later), then) << stop.value;
        run(later);
        ASSERT_EQ(trace::events_of(later.log()), trace::events_of(at_the_time.log())) << stop.value;
    }
}

TEST(SessionSwitch, inside_any_handle_shows_at_once_and_keeps_what_came_before) {
    Session reference = finished_seed();
    const std::vector<trace::Event> before = trace::events_of(reference.log());
    for (EventIndex event = reference.first_event(); event < reference.head(); ++event) {
        Session session = finished_seed();
        session.seek(event);
        const std::string output = output_until_cursor(session);
        session.select(Storage::contextvar);
        ASSERT_EQ(session.cursor(), event + 1);
        ASSERT_EQ(session.storage(), Storage::contextvar);
        ASSERT_EQ(output_until_cursor(session), output);
        for (EventIndex at; at <= event; ++at) ASSERT_EQ(session.log()[at], before[at.value]) << at.value;
        run(session);
        const std::size_t shown = output.size() + (before[event.value].kind() == Kind::get ? 1 : 0);
        ASSERT_EQ(whole_output(session),
                  repeat("c", static_cast<int>(shown)) + repeat("0abc", 10).substr(shown))
            << event.value;
    }
}

TEST(SessionSwitch, twice_inside_a_handle_is_two_switches) {
    Session session = finished_seed();
    session.seek(session.index().prints().event({12}));
    session.select(Storage::contextvar);
    session.select(Storage::thread_local_);
    EXPECT_EQ(session.storage(), Storage::thread_local_);
    session.select(Storage::argument);
    EXPECT_EQ(session.storage(), Storage::argument);
    run(session);
    EXPECT_EQ(whole_output(session), repeat("c", 13) + "abc" + repeat("0abc", 6));
}

TEST(SessionSwitch, in_the_past_drops_the_switches_that_came_later) {
    Session session = seed();
    run(session, Time(250ms));
    session.select(Storage::contextvar);
    run(session);
    session.seek({60});
    session.select(Storage::argument);
    run(session);
    ASSERT_EQ(session.switches().size(), 1u);
    EXPECT_EQ(session.switches()[0], (feed::Switch{{60}, Storage::argument}));
}

TEST(SessionSwitch, in_the_past_keeps_the_switches_that_came_before) {
    Session session = seed();
    run(session, Time(250ms));
    session.select(Storage::contextvar);
    run(session, Time(450ms));
    const EventIndex event = session.cursor();
    run(session);
    session.seek(event);
    session.select(Storage::global);
    run(session);
    EXPECT_EQ(whole_output(session), repeat("c", 12) + repeat("0abc", 2) + repeat("c", 20));
}

TEST(SessionSwitch, at_the_end_runs_again_from_the_start) {
    Session session = finished_seed();
    session.select(Storage::contextvar);
    EXPECT_EQ(output_until_cursor(session), "");
    EXPECT_EQ(session.storage(), Storage::contextvar);
    EXPECT_FALSE(session.at_end());
    run(session);
    EXPECT_EQ(whole_output(session), repeat("0abc", 10));
    session.select(Storage::global);
    run(session);
    EXPECT_EQ(whole_output(session), repeat("c", 40));
}

TEST(SessionSwitch, at_the_end_never_switches_to_what_was_selected_there_before) {
    Session session = finished_seed();
    for (const Storage storage : {Storage::contextvar, Storage::global, Storage::contextvar}) {
        session.select(storage);
        run(session);
        const auto& switches = session.index().switches();
        for (std::size_t position = 1; position < switches.size(); ++position) {
            EXPECT_NE(switches[position].storage, switches[position - 1].storage)
                << "a flag '" << name(storage) << " -> " << name(storage) << "'";
        }
    }
}

TEST(SessionSwitch, is_kept_by_a_step_forward_and_back) {
    Session session = seed();
    run(session, Time(250ms));
    session.select(Storage::contextvar);
    const std::string after_switch = here(session);
    ASSERT_TRUE(step(session, What::handle));
    ASSERT_TRUE(step(session, What::handle, Direction::back));
    EXPECT_EQ(here(session), after_switch);
}

}  // namespace
}  // namespace loopscope::session
