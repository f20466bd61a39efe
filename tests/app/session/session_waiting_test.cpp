// What a session does with a feed that has nothing yet, as a process that lives: nothing waits, nothing ends
// for good, and nothing is asked for again at once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/session/failures.hpp"
#include "app/session/search.hpp"
#include "tests/support/hesitant_feed.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using feed::HesitantFeed;
using trace::Storage;
using namespace std::chrono_literals;

/// A session on a feed that hesitates, and the feed.
struct Hesitant {
    explicit Hesitant(HesitantFeed::Habits habits = {}) {
        auto made = std::make_unique<HesitantFeed>(setup_of("indication", Storage::global), habits);
        feed = made.get();
        session.emplace(std::move(made));
    }

    HesitantFeed* feed;
    std::optional<Session> session;
};

/// A step forward from the start.
struct Step {
    const char* name;
    Pursuit::Goal goal;
};

void PrintTo(const Step& step, std::ostream* out) {
    *out << step.name;
}

class SessionWaiting : public testing::TestWithParam<Step> {};

INSTANTIATE_TEST_SUITE_P(
    Steps, SessionWaiting,
    testing::Values(
        Step{"handle", {What::handle}}, Step{"iteration", {What::iteration}},
        Step{"task", {What::task, TaskId{2}}}, Step{"print", {What::print}}, Step{"leak", {What::leak}},
        Step{"difference", {What::difference, {}, [](PrintIndex print) { return print == PrintIndex{4}; }}},
        Step{"number", {.what = What::number, .number = {6}}},
        Step{"event", {.what = What::event, .event = {300}}},
        Step{"time", {.what = What::time, .until = Time(450ms)}}, Step{"end", {.what = What::time}}),
    [](const auto& step) { return step.param.name; });

TEST_P(SessionWaiting, a_step_asks_once_a_poll_and_comes_to_where_it_comes_without_waiting) {
    Session plain = seed();
    drive(plain, GetParam().goal);
    Hesitant hesitant;
    Session& session = *hesitant.session;
    Pursuit pursuit(session, GetParam().goal);
    int waited = 0;
    for (Status status = Status::grew; !is_over(status);) {
        const int polls = hesitant.feed->polls();
        const EventIndex head = session.head();
        status = pursuit.poll(session, 1h);
        if (status != Status::waiting) continue;
        ++waited;
        ASSERT_LE(hesitant.feed->polls(), polls + 6) << "a burst, and the poll that found nothing";
        ASSERT_FALSE(session.over());
        ASSERT_FALSE(session.at_end());
        ASSERT_TRUE(session.head() > head || hesitant.feed->polls() == polls + 1);
    }
    EXPECT_GE(waited, 3);
    EXPECT_EQ(pursuit.status(), Status::ended);
    EXPECT_TRUE(pursuit.found());
    EXPECT_EQ(session.cursor(), plain.cursor());
    EXPECT_EQ(here(session), here(plain));
}

TEST_P(SessionWaiting, whoever_drives_rests_instead_of_asking_again) {
    Hesitant hesitant({.waits = 2, .handles = 400});
    EXPECT_TRUE(drive(*hesitant.session, GetParam().goal));
    const auto handles = static_cast<int>(hesitant.session->index().handles().size());
    EXPECT_LE(hesitant.feed->polls(), handles + 2 * (handles / 400 + 1) + 2);
}

TEST_P(SessionWaiting, a_step_says_that_the_feed_failed_and_stays_on_the_trace) {
    Hesitant hesitant({.waits = 1, .handles = 1, .fails_after = 0});
    Session& session = *hesitant.session;
    Pursuit pursuit(session, GetParam().goal);
    EXPECT_EQ(pursuit.poll(session, 1h), Status::waiting);
    EXPECT_EQ(pursuit.poll(session, 1h), Status::failed);
    EXPECT_FALSE(pursuit.found());
    EXPECT_EQ(session.status(), Status::failed);
    EXPECT_EQ(session.feed().error().message, HesitantFeed::lost);
    EXPECT_TRUE(session.over());
    EXPECT_EQ(session.cursor(), session.head());
    const FailureReport failures = failures_of(session);
    EXPECT_TRUE(failures.of_program);
    EXPECT_THAT(failures.sentences, testing::ElementsAre(HesitantFeed::lost));
    EXPECT_EQ(LastFailure().sentence(session), HesitantFeed::lost);
}

TEST(SessionWaiting, steps_back_and_moves_without_asking_the_feed) {
    Hesitant hesitant;
    Session& session = *hesitant.session;
    drive(session, {.what = What::event, .event = {200}});
    hesitant.feed->wait_for(-1);
    const int polls = hesitant.feed->polls();
    for (const What what : {What::handle, What::iteration, What::print, What::leak})
        EXPECT_TRUE(step(session, what, Direction::back));
    session.go_to_head();
    session.go_to_start();
    Search search(session, "c", Direction::forward);
    EXPECT_EQ(complete(search, session), Status::ended);
    EXPECT_TRUE(search.found());
    EXPECT_EQ(hesitant.feed->polls(), polls);
}

TEST(SessionWaiting, a_run_that_is_watched_can_be_stopped_while_the_feed_waits) {
    Hesitant hesitant;
    hesitant.feed->wait_for(-1);
    int watched = 0;
    run(*hesitant.session, {}, [&] { return ++watched < 3; });
    EXPECT_EQ(watched, 3);
    EXPECT_EQ(hesitant.feed->polls(), 3);
    EXPECT_FALSE(hesitant.session->over()) << "there may be more, later";
}

TEST(SessionWaiting, extends_by_the_handles_that_come_in_their_time) {
    Hesitant hesitant({.waits = 1, .handles = 3});
    EXPECT_TRUE(extend(*hesitant.session, 10));
    EXPECT_EQ(hesitant.session->index().handles().size(), 10u);
}

TEST(SessionWaiting, selects_and_forks_only_where_the_feed_can_and_says_why_not) {
    Hesitant fixed;
    EXPECT_EQ(fixed.session->can_select().error().message, "this process reads one storage only");
    fixed.session->select(Storage::contextvar);
    EXPECT_EQ(fixed.session->storage(), Storage::global);

    Hesitant hesitant({.can_select = true});
    Session& session = *hesitant.session;
    drive(session, {.what = What::event, .event = {150}});
    session.go_to_head();
    EXPECT_TRUE(session.can_select());
    session.go_to_start();
    EXPECT_EQ(session.can_select().error().message, HesitantFeed::no_fork);
    session.select(Storage::contextvar);
    EXPECT_FALSE(session.catching_up());
    EXPECT_EQ(session.storage(), Storage::global);
    session.go_to_head();
    session.select(Storage::contextvar);
    EXPECT_EQ(session.storage(), Storage::contextvar);
}

TEST(SessionWaiting, is_left_and_come_back_to_and_goes_on_then) {
    Hesitant hesitant;
    Session& session = *hesitant.session;
    drive(session, {.what = What::event, .event = {100}});
    const std::string before = here(session);
    session.restart(setup_of("threads", Storage::global));
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(here(session), before);
    run(session);
    EXPECT_EQ(whole_output(session), whole_output(finished_seed()));
}

}  // namespace
}  // namespace loopscope::session
