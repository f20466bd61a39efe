#include "app/session/search.hpp"

#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

/// Looks for a text in one go.
std::optional<EventIndex> find_text(const Session& session, std::string_view text, Direction direction) {
    Search search(session, std::string(text), direction);
    complete(search, session);
    return search.found();
}

TEST(Search, goes_on_a_slice_at_a_time_and_finds_the_same) {
    Session session(setup_of("indication", trace::Storage::contextvar, {{"duration", "600"}}));
    run(session);
    session.seek(session.index().prints().event({5}));
    for (const std::string_view text : {"0", "b", "indication", "nothing"}) {
        for (const Direction direction : {Direction::forward, Direction::back}) {
            Search search(session, std::string(text), direction);
            double done = -1;
            while (!is_over(search.poll(session, std::chrono::nanoseconds(0)))) {
                EXPECT_GT(search.progress(), done) << "each slice looks at more";
                done = search.progress();
            }
            EXPECT_EQ(search.found(), find_text(session, text, direction)) << text;
            EXPECT_TRUE(text != "nothing" || done > 0) << "it took more than one";
        }
    }
}

TEST(Search, finds_the_next_print_of_a_text_and_the_previous_one_and_goes_around) {
    Session session = finished_seed(trace::Storage::contextvar);
    const auto& prints = session.index().prints();
    session.seek(prints.event({5}));
    EXPECT_EQ(find_text(session, "b", Direction::forward), prints.event({6}));
    EXPECT_EQ(find_text(session, "0", Direction::back), prints.event({4}));
    EXPECT_EQ(find_text(session, "indication", Direction::forward), session.index().task(TaskId{5}).spawn)
        << "nothing of the name follows: it starts over";
    EXPECT_FALSE(find_text(session, "nothing", Direction::forward));
    EXPECT_FALSE(find_text(session, "", Direction::forward));
}

TEST(Search, means_tasks_by_name_chain_and_state) {
    Session session = finished_seed();
    session.seek(session.index().prints().event({5}));
    const auto meant = [&](std::uint32_t task, std::string_view text) {
        Finder finder{std::string(text)};
        return is_meant(session.log(), session.index(), session.state(), TaskId{task}, finder);
    };
    EXPECT_TRUE(meant(1, "sle"));
    EXPECT_FALSE(meant(5, "sle"));
    EXPECT_TRUE(meant(6, "a"));
    EXPECT_TRUE(meant(6, "running"));
    EXPECT_TRUE(meant(1, "waiting"));
    EXPECT_FALSE(meant(1, "ended"));
}

TEST(Search, knows_tasks_by_the_name_that_everything_shows) {
    const Session seed = finished_seed();
    const auto meant = [&](const Session& session, std::uint32_t task, std::string_view text) {
        Finder finder{std::string(text)};
        return is_meant(session.log(), session.index(), session.state(), TaskId{task}, finder);
    };
    EXPECT_EQ(find_text(seed, "indication(c)", Direction::forward), seed.index().task(TaskId{8}).spawn);
    for (std::uint32_t task = 1; task <= 8; ++task) {
        const std::string label = explain::task_label(seed.log(), seed.index(), TaskId{task});
        for (std::uint32_t other = 1; other <= 8; ++other)
            EXPECT_EQ(meant(seed, other, label), other == task) << label;
    }
    EXPECT_TRUE(meant(seed, 3, "(b)"));
    EXPECT_TRUE(meant(seed, 3, "eep(b"));
    EXPECT_FALSE(meant(seed, 4, "(b)"));
    const Session start = session::seed();
    EXPECT_TRUE(meant(start, 4, "sleep 4"));
    EXPECT_FALSE(meant(start, 3, "sleep 4"));
}

}  // namespace
}  // namespace loopscope::session
