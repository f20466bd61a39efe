#include "app/panels/player.hpp"

#include <gtest/gtest.h>

#include "tests/support/hesitant_feed.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::panels {
namespace {

using session::Session;

constexpr double frame = 1.0 / 60;

/// Plays for so many frames; gives how many events the cursor has moved on.
std::uint32_t play(Player& player, Session& session, int frames) {
    const EventIndex before = session.cursor();
    for (int each = 0; each < frames; ++each) player.tick(session, frame);
    return session.cursor() - before;
}

TEST(Player, moves_nothing_until_it_is_started) {
    Session session = session::seed();
    Player player;
    EXPECT_EQ(play(player, session, 100), 0u);
    EXPECT_FALSE(player.playing());
}

TEST(Player, stops_at_the_end) {
    Session session = session::seed();
    Player player;
    player.start();
    for (int each = 0; each < 60 * 120 && player.playing(); ++each) player.tick(session, frame);
    EXPECT_FALSE(player.playing());
    EXPECT_TRUE(session.at_end());
    EXPECT_EQ(session::output_until_cursor(session), std::string(40, 'c'));
}

TEST(Player, at_its_highest_speed_runs_as_fast_as_the_program_can_and_follows_its_head) {
    Session session = session::seed();
    Player player;
    EXPECT_EQ(player.speed_text(), "1×");
    for (int each = 0; each < 20; ++each) player.faster();
    EXPECT_EQ(player.speed_text(), "max");
    player.start();
    while (player.playing()) {
        player.tick(session, frame);
        ASSERT_TRUE(session.at_head());
    }
    EXPECT_EQ(session::output_until_cursor(session), std::string(40, 'c'));
    player.slower();
    EXPECT_EQ(player.speed_text(), "64×");
}

TEST(Player, shows_the_problem_within_five_seconds) {
    Session session = session::seed();
    Player player;
    player.start();
    play(player, session, 5 * 60);
    EXPECT_GT(session.index().leaks_until(session.cursor()), 2u);
}

TEST(Player, stops_only_between_handles) {
    Session session = session::seed();
    Player player;
    player.start();
    while (player.playing()) {
        player.tick(session, frame);
        const HandleIndex handle = session.index().handle_at(session.cursor()).value_or(HandleIndex{});
        ASSERT_TRUE(session.at_end() || session.cursor() == session.first_event() ||
                    session.cursor() == session.index().last_event(handle));
    }
}

TEST(Player, stays_where_it_is_paused) {
    Session session = session::seed();
    Player player;
    player.start();
    EXPECT_GT(play(player, session, 60), 0u);
    player.pause();
    EXPECT_EQ(play(player, session, 60), 0u);
    player.start();
    EXPECT_GT(play(player, session, 60), 0u);
}

TEST(Player, plays_faster_and_slower_within_limits) {
    const auto distance = [](int faster) {
        Session session = session::seed();
        Player player;
        for (int each = 0; each < faster; ++each) player.faster();
        for (int each = 0; each > faster; --each) player.slower();
        player.start();
        return play(player, session, 120);
    };
    EXPECT_LT(distance(-2), distance(0));
    EXPECT_LT(distance(0), distance(1));
    EXPECT_LT(distance(1), distance(2));
    EXPECT_EQ(distance(-50), distance(-49));
    EXPECT_EQ(distance(50), distance(49));
    EXPECT_GT(distance(-50), 0u);
}

TEST(Player, survives_a_long_pause_between_two_frames) {
    Session session(session::setup_of("indication", trace::Storage::global,
                                      {{"duration", "3600"}, {"interval", "0.001"}}));
    Player player;
    while (player.speed() < 64) player.faster();
    player.start();
    player.tick(session, 1e9);
    EXPECT_TRUE(player.playing());
    EXPECT_LT(session.log().size(), 500'000u);
}

TEST(Player, stands_still_while_the_feed_waits_and_plays_on_when_it_has_more) {
    auto made = std::make_unique<feed::HesitantFeed>(feed::setup_of("indication", trace::Storage::global),
                                                     feed::HesitantFeed::Habits{.waits = 2});
    feed::HesitantFeed& feed = *made;
    Session session(std::move(made));
    Player player;
    player.start();
    player.tick(session, frame);
    EXPECT_TRUE(player.waits());
    EXPECT_TRUE(player.playing());
    EXPECT_EQ(feed.polls(), 1) << "a frame asks once";
    for (int each = 0; each < 100'000 && player.playing(); ++each) player.tick(session, frame);
    EXPECT_FALSE(player.playing());
    EXPECT_FALSE(player.waits());
    EXPECT_TRUE(session.at_end());
    EXPECT_EQ(session::output_until_cursor(session), std::string(40, 'c'));
}

TEST(Player, stops_where_the_feed_fails) {
    Session session(std::make_unique<feed::HesitantFeed>(
        feed::setup_of("indication", trace::Storage::global),
        feed::HesitantFeed::Habits{.waits = 1, .handles = 5, .fails_after = 2}));
    Player player;
    player.start();
    for (int each = 0; each < 1000 && player.playing(); ++each) player.tick(session, frame);
    EXPECT_FALSE(player.playing());
    EXPECT_EQ(session.status(), Status::failed);
    EXPECT_TRUE(session.at_head());
}

}  // namespace
}  // namespace loopscope::panels
