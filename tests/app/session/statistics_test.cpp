#include "app/session/statistics.hpp"

#include <gtest/gtest.h>

#include "app/session/search.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

TEST(Statistics, of_a_whole_run_count_all_of_it) {
    const Session session = finished_seed();
    const auto all = statistics(session.log(), session.index(), 0, session.head(), 100);
    ASSERT_EQ(all.size(), 9u);
    EXPECT_FALSE(all[0].task);
    EXPECT_EQ(all[0].prints, 40u);
    EXPECT_EQ(all[0].leaks, 30u);
    std::uint32_t steps = 0;
    for (std::size_t each = 1; each < all.size(); ++each) steps += all[each].steps;
    EXPECT_EQ(all[0].steps, steps);
    // Each `sleep` sleeps for a second.
    EXPECT_NEAR(to_seconds(all.back().waiting), 1, 0.01);
}

TEST(Statistics, of_a_stretch_count_what_is_in_it) {
    const Session session = finished_seed();
    const auto& prints = session.index().prints();
    const auto some = statistics(session.log(), session.index(), prints.event(4), prints.event(7), 2);
    ASSERT_EQ(some.size(), 3u);
    EXPECT_EQ(some[0].prints, 4u);
    EXPECT_EQ(some[0].leaks, 3u);
}

TEST(Statistics, of_a_stretch_are_counted_task_by_task_a_slice_at_a_time) {
    const Session session = finished_seed();
    const auto at_once = statistics(session.log(), session.index(), 0, session.head(), 3);
    RangeStatistics sliced(session.index(), 0, session.head(), 3);
    std::size_t slices = 1;
    double done = 0;
    while (!sliced.advance(session.log(), session.index(), std::chrono::nanoseconds(0))) {
        EXPECT_GT(sliced.done(), done);
        done = sliced.done();
        ++slices;
    }
    EXPECT_EQ(slices, session.index().tasks().size()) << "no frame counts more than it has to";
    EXPECT_EQ(sliced.done(), 1);
    ASSERT_EQ(sliced.rows().size(), 4u);
    for (std::size_t row = 0; row < at_once.size(); ++row) {
        EXPECT_EQ(sliced.rows()[row].task, at_once[row].task);
        EXPECT_EQ(sliced.rows()[row].steps, at_once[row].steps);
        EXPECT_EQ(sliced.rows()[row].leaks, at_once[row].leaks);
        EXPECT_EQ(sliced.rows()[row].waiting, at_once[row].waiting);
    }
}

TEST(Statistics, are_given_up_where_the_trace_is_another_one) {
    const Session session = finished_seed();
    RangeStatistics sliced(session.index(), 0, session.head(), 3);
    const Session other = finished_seed();
    EXPECT_TRUE(sliced.advance(other.log(), other.index(), std::chrono::nanoseconds(0)));
    EXPECT_FALSE(sliced.is_of(other.index(), 0, session.head()));
}

TEST(Search, goes_on_a_slice_at_a_time_and_finds_the_same) {
    Session session(setup_of("indication", trace::Storage::contextvar, {{"duration", "600"}}));
    session.run();
    session.seek(session.index().prints().event(5));
    for (const std::string_view text : {"0", "b", "indication", "nothing"}) {
        for (const Direction direction : {Direction::forward, Direction::back}) {
            Search search(session, std::string(text), direction);
            double done = -1;
            while (!search.advance(session, std::chrono::nanoseconds(0))) {
                EXPECT_GT(search.done(), done) << "each slice looks at more";
                done = search.done();
            }
            EXPECT_EQ(search.found(), find_text(session, text, direction)) << text;
            EXPECT_TRUE(text != "nothing" || done > 0) << "it took more than one";
        }
    }
}

TEST(Search, finds_the_next_print_of_a_text_and_the_previous_one_and_goes_around) {
    Session session = finished_seed(trace::Storage::contextvar);
    const auto& prints = session.index().prints();
    session.seek(prints.event(5));
    EXPECT_EQ(find_text(session, "b", Direction::forward), prints.event(6));
    EXPECT_EQ(find_text(session, "0", Direction::back), prints.event(4));
    EXPECT_EQ(find_text(session, "indication", Direction::forward),
              session.index().task(TaskId{5}).spawn.value)
        << "nothing of the name follows: it starts over";
    EXPECT_FALSE(find_text(session, "nothing", Direction::forward));
    EXPECT_FALSE(find_text(session, "", Direction::forward));
}

TEST(Search, means_tasks_by_name_chain_and_state) {
    Session session = finished_seed();
    session.seek(session.index().prints().event(5));
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

}  // namespace
}  // namespace loopscope::session
