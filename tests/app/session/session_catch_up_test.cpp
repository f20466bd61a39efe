// What takes long comes about slice by slice; until then, and if it is given up, nothing has changed.

#include <functional>

#include <gtest/gtest.h>

#include "app/session/tweak.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using trace::Storage;
using namespace std::chrono_literals;

/// No slice of a replay is enough to come to its end: some 100,000 events.
Session finished_long() {
    Session session(setup_of("indication", Storage::global, {{"duration", "3600"}, {"interval", "0.1"}}));
    run(session);
    return session;
}

/// Something that needs the program to be run again, to a state that takes a while.
struct Request {
    const char* name;
    std::function<void(Session&, Session::TimeBudget)> make;
};

class SessionCatchUp : public testing::TestWithParam<Request> {
  protected:
    /// Near the end of a long run; to take back: a fork a little before that.
    SessionCatchUp() { prepare(session_); }

    static void prepare(Session& session) {
        session.seek(session.head() - 100);
        session.select(Storage::contextvar);
        run(session);
        session.seek(session.head() - 50);
    }

    Session session_ = finished_long();
};

TEST_P(SessionCatchUp, comes_to_where_it_would_have_come_at_once) {
    Session at_once = finished_long();
    prepare(at_once);
    GetParam().make(at_once, Session::unlimited);
    EXPECT_FALSE(at_once.catching_up());
    const std::string before = here(session_);
    GetParam().make(session_, 0ns);
    ASSERT_TRUE(session_.catching_up());
    double done = session_.progress();
    int slices = 0;
    while (!is_over(session_.catch_up(0ns))) {
        ++slices;
        ASSERT_EQ(here(session_), before) << "all is as it was until it is there";
        ASSERT_GE(session_.progress(), done);
        done = session_.progress();
    }
    EXPECT_GT(slices, 3);
    EXPECT_LE(done, 1);
    EXPECT_EQ(here(session_), here(at_once));
    EXPECT_EQ(trace::events_of(session_.log()), trace::events_of(at_once.log()));
    EXPECT_EQ(session_.switches(), at_once.switches());
}

TEST_P(SessionCatchUp, can_be_given_up_and_asked_for_again) {
    Session at_once = finished_long();
    prepare(at_once);
    GetParam().make(at_once, Session::unlimited);
    const std::string before = here(session_);
    GetParam().make(session_, 0ns);
    session_.cancel();
    EXPECT_FALSE(session_.catching_up());
    EXPECT_EQ(here(session_), before);
    GetParam().make(session_, Session::unlimited);
    EXPECT_EQ(here(session_), here(at_once));
}

TEST_P(SessionCatchUp, is_given_up_when_the_cursor_is_moved) {
    GetParam().make(session_, 0ns);
    step(session_, What::print, Direction::back);
    EXPECT_FALSE(session_.catching_up());
    EXPECT_EQ(session_.catch_up(0ns), Status::ended) << "there is nothing left to do";
    EXPECT_EQ(session_.storage(), Storage::contextvar);
}

INSTANTIATE_TEST_SUITE_P(
    Requests, SessionCatchUp,
    testing::Values(
        Request{"undo", [](Session& session, Session::TimeBudget budget) { session.undo(budget); }},
        Request{"fork", [](Session& session,
                           Session::TimeBudget budget) { session.select(Storage::argument, budget); }},
        Request{"other_parameter",
                [](Session& session, Session::TimeBudget budget) {
                    session.retry(with_setting(*session.setup(), "symbols", "xyz").value(), {}, budget);
                }}),
    [](const auto& request) { return request.param.name; });

TEST(SessionCatchUp, is_not_needed_for_what_is_short) {
    Session session = finished_seed();
    session.go_to_start();
    session.select(Storage::contextvar, 0ns);
    EXPECT_FALSE(session.catching_up());
    EXPECT_EQ(session.storage(), Storage::contextvar);
}

TEST(SessionCatchUp, has_the_next_call_go_where_that_leads) {
    Session session = finished_long();
    session.retry(with_setting(*session.setup(), "symbols", "xyz").value(), {}, 0ns);
    ASSERT_TRUE(session.catching_up());
    session.retry(with_setting(*session.setup(), "symbols", "uvw").value(), {}, 0ns);
    while (!is_over(session.catch_up(1ms))) continue;
    EXPECT_EQ(setting_of(*session.setup(), "symbols"), "uvw");
}

}  // namespace
}  // namespace loopscope::session
