#include "app/session/hits.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

/// All hits of a text, in order, as far as the trace goes.
std::vector<EventIndex> all_of(Hits& hits, const Session& session) {
    while (hits.update(session, std::chrono::milliseconds(10)), !hits.is_complete()) continue;
    std::vector<EventIndex> all;
    for (const auto& list : hits.lists()) all.insert(all.end(), list.begin(), list.end());
    std::ranges::sort(all);
    return all;
}

class HitsTest : public testing::Test {
  protected:
    std::vector<EventIndex> find(const std::string& text) {
        hits_.look_for(text);
        return all_of(hits_, session_);
    }

    Session session_ = finished_seed(trace::Storage::contextvar);
    Hits hits_;
};

TEST_F(HitsTest, are_where_the_search_goes_to_in_the_same_order) {
    session_.mark(session_.first_event() + 3, "begin");
    session_.mark(session_.index().prints().event(PrintIndex{4}), "begin and print");
    for (const char* const text : {"b", "indication", "sleep(b)", "(c)", "begin", "nothing"}) {
        const std::vector<EventIndex> hits = find(text);
        EXPECT_TRUE(std::ranges::adjacent_find(hits) == hits.end()) << text << ": one is there twice";
        session_.go_to_head();
        std::vector<EventIndex> visited;
        for (std::size_t each = 0; each < hits.size(); ++each) {
            Search search(session_, text, Direction::forward);
            complete(search, session_);
            ASSERT_TRUE(search.found());
            session_.seek(*search.found());
            visited.push_back(session_.cursor());
            EXPECT_EQ(place_text(hits_, session_),
                      std::to_string(each + 1) + " of " + std::to_string(hits.size()));
        }
        std::vector<EventIndex> places = hits;
        for (EventIndex& place : places) place = std::max(place, session_.first_event());
        EXPECT_EQ(visited, places) << text;
    }
    EXPECT_EQ(place_text(hits_, session_), "none");
}

TEST_F(HitsTest, grow_with_the_trace_and_know_what_tasks_are_called_by_then) {
    session_ = session::seed(trace::Storage::contextvar);
    EXPECT_TRUE(find("sleep(b)").empty()) << "nothing has a symbol yet";
    EXPECT_EQ(find("sleep").size(), 4U);
    EXPECT_TRUE(find("sleep(b)").empty());
    run(session_);
    EXPECT_EQ(all_of(hits_, session_), std::vector{session_.index().task(TaskId{3}).spawn});
    EXPECT_EQ(place_text(hits_, session_), "1 found");
}

TEST_F(HitsTest, of_another_trace_are_others) {
    EXPECT_EQ(find("0").size(), 12U) << "ten prints and two tasks";
    session_ = session::seed();
    EXPECT_TRUE(all_of(hits_, session_).empty());
    session_.mark(session_.first_event(), "0");
    EXPECT_EQ(all_of(hits_, session_).size(), 1U);
    session_.mark(session_.first_event(), "");
    EXPECT_TRUE(all_of(hits_, session_).empty());
    hits_.look_for("");
    EXPECT_TRUE(hits_.is_complete());
}

}  // namespace
}  // namespace loopscope::session
