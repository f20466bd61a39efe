// Taking back and repeating switches, forks, restarts and jumps.

#include <map>
#include <random>
#include <ranges>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/session/session.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using trace::Storage;
using namespace std::chrono_literals;

/// All that a user can see of a session.
struct Seen {
    std::vector<trace::Event> events;
    std::string here;
    bool over;

    explicit Seen(Session& session)
        : events(trace::events_of(session.log())), here(session::here(session)), over(session.over()) {}
    friend bool operator==(const Seen&, const Seen&) = default;
};

TEST(SessionUndo, has_nothing_to_take_back_at_first) {
    Session session = seed();
    EXPECT_FALSE(session.undo());
    EXPECT_FALSE(session.redo());
    step(session, What::handle);
    EXPECT_FALSE(session.undo());
}

TEST(SessionUndo, takes_back_and_repeats_a_switch_at_the_head) {
    Session session = seed();
    run(session, Time(250ms));
    const Seen before(session);
    session.select(Storage::contextvar);
    run(session, Time(450ms));
    const Seen after(session);
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(Seen(session), before);
    ASSERT_TRUE(session.redo());
    EXPECT_EQ(Seen(session), after);
    EXPECT_FALSE(session.redo());
}

/// The marks, in order of their events: "12 here, 40 there".
std::string marks_of(const Session& session) {
    std::map<EventIndex, std::string> marks;
    for (const trace::Mark& mark : session.annotations().marks) marks[mark.event] = mark.text;
    std::string text;
    for (const auto& [event, what] : marks)
        text += (text.empty() ? "" : ", ") + std::to_string(event.value) + ' ' + what;
    return text;
}

TEST(SessionUndo, marks_stand_in_order_of_their_events_whenever_they_were_made) {
    Session session = finished_seed();
    for (const std::uint32_t event : {300U, 50U, 200U, 50U}) session.mark({event}, std::to_string(event));
    std::vector<EventIndex> events;
    for (const trace::Mark& mark : session.annotations().marks) events.push_back(mark.event);
    EXPECT_EQ(events, (std::vector<EventIndex>{{50}, {200}, {300}}));
    const Session opened(
        std::make_shared<feed::Branch>(std::make_shared<feed::ProgramFeed>(setup_of("indication", {}))),
        {"", {{{9}, "later"}, {{3}, "earlier"}}});
    EXPECT_EQ(opened.annotations().marks.front().event, EventIndex{3});
}

TEST(SessionUndo, comes_back_to_the_marks_of_what_it_comes_back_to) {
    Session session = finished_seed();
    session.mark({50}, "before");
    session.mark({300}, "gone");
    session.mark({200}, "the fork");
    session.seek({200});
    session.select(Storage::contextvar);
    EXPECT_EQ(marks_of(session), "50 before, 200 the fork");
    run(session);
    session.mark({300}, "of the fork");
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(marks_of(session), "50 before, 200 the fork, 300 gone");
    ASSERT_TRUE(session.redo());
    EXPECT_EQ(marks_of(session), "50 before, 200 the fork, 300 of the fork");
}

TEST(SessionUndo, of_a_jump_keeps_the_marks_made_since) {
    Session session = finished_seed();
    session.remember();
    session.seek({50});
    session.mark({50}, "here");
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(marks_of(session), "50 here");
    session.mark({50}, "");
    EXPECT_EQ(marks_of(session), "");
}

TEST(SessionUndo, comes_back_from_a_file_to_what_was_written_about_the_run) {
    Session session = finished_seed();
    session.mark({50}, "mine");
    session.open(std::make_shared<feed::Branch>(std::make_shared<feed::ProgramFeed>(*session.setup())),
                 {"a note", {{{7}, "theirs"}}});
    EXPECT_EQ(marks_of(session), "7 theirs");
    EXPECT_EQ(session.annotations().notes, "a note");
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(marks_of(session), "50 mine");
    EXPECT_EQ(session.annotations().notes, "");
    session.restart(*session.setup());
    EXPECT_EQ(marks_of(session), "");
}

TEST(SessionUndo, of_another_parameter_keeps_the_marks_of_what_is_the_same) {
    Session session = finished_seed();
    session.mark({4}, "same");
    session.mark({500}, "other");
    feed::Setup longer = *session.setup();
    longer.arguments = setup_of("indication", Storage::global, {{"duration", "0.5"}}).arguments;
    session.retry(longer, {}, Session::unlimited, true);
    EXPECT_EQ(marks_of(session), "4 same");
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(marks_of(session), "4 same, 500 other");
}

TEST(SessionUndo, takes_back_a_fork_at_any_event) {
    for (EventIndex event{6}; event < EventIndex{516}; event = event + 7) {
        Session session = finished_seed();
        session.seek(event);
        const Seen before(session);
        session.select(Storage::contextvar);
        const Seen forked(session);
        ASSERT_TRUE(session.undo());
        ASSERT_EQ(Seen(session), before) << event.value;
        ASSERT_TRUE(session.redo());
        ASSERT_EQ(Seen(session), forked) << event.value;
    }
}

TEST(SessionUndo, brings_back_every_moment_of_a_long_history) {
    Session session = seed();
    std::vector<Seen> moments;
    const Storage storages[] = {Storage::contextvar, Storage::global, Storage::context_shared,
                                Storage::argument};
    std::mt19937 random(7);  // NOLINT(bugprone-random-generator-seed): the same history every time
    for (int act = 0; act < 40; ++act) {
        for (std::uint32_t step = static_cast<std::uint32_t>(random()) % 12; step > 0; --step)
            session::step(session, What::handle);
        if (random() % 3 == 0)
            session.seek(session.first_event() +
                         static_cast<std::uint32_t>(random()) % (session.head() - session.first_event() + 1));
        const Storage storage = storages[random() % 4];
        if (storage == session.storage()) continue;
        moments.emplace_back(session);
        session.select(storage);
    }
    ASSERT_GT(moments.size(), 15u);
    const Seen last(session);
    for (const Seen& moment : std::views::reverse(moments)) {
        ASSERT_TRUE(session.undo());
        ASSERT_EQ(Seen(session), moment);
    }
    EXPECT_FALSE(session.undo());
    for (std::size_t index = 1; index < moments.size(); ++index) {
        ASSERT_TRUE(session.redo());
        ASSERT_EQ(Seen(session), moments[index]);
    }
    ASSERT_TRUE(session.redo());
    EXPECT_EQ(Seen(session), last);
}

TEST(SessionUndo, takes_back_a_jump) {
    Session session = finished_seed();
    session.seek({200});
    session.remember();
    session.go_to_start();
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(session.cursor(), EventIndex{200});
    ASSERT_TRUE(session.redo());
    EXPECT_EQ(session.cursor(), session.first_event());
}

TEST(SessionUndo, comes_back_from_a_new_start_of_the_same_program) {
    Session session = finished_seed();
    session.seek({400});
    const Seen before(session);
    session.restart(setup_of("indication", Storage::global));
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(Seen(session), before);
}

TEST(SessionUndo, comes_back_from_another_order_of_the_same_program) {
    Session session = finished_seed();
    const Seen before(session);
    feed::Setup other = *session.setup();
    other.schedule = explore::parse_schedule("ready,0=3").value();
    session.restart(other);
    run(session);
    const Seen after(session);
    ASSERT_NE(after, before);
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(Seen(session), before);
    ASSERT_TRUE(session.redo());
    EXPECT_EQ(session.setup()->schedule, other.schedule);
}

TEST(SessionUndo, forgets_what_was_undone_once_something_else_is_done) {
    Session session = finished_seed();
    session.select(Storage::contextvar);
    session.undo();
    session.select(Storage::argument);
    EXPECT_FALSE(session.redo());
    EXPECT_EQ(session.storage(), Storage::argument);
}

TEST(SessionUndo, takes_back_a_restart) {
    Session session = seed();
    run(session, Time(250ms));
    session.select(Storage::contextvar);
    run(session, Time(450ms));
    const Seen before(session);
    session.restart(setup_of("indication", Storage::global, {{"interval", "0.2"}}));
    run(session);
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(Seen(session), before);
}

}  // namespace
}  // namespace loopscope::session
