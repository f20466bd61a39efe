#include "app/session/history.hpp"

#include <gtest/gtest.h>

namespace loopscope::session {
namespace {

using Way = History::Way;

HistoryEntry at(EventIndex cursor) {
    HistoryEntry entry;
    entry.cursor = cursor;
    return entry;
}

/// Goes a way as long as it leads on; returns through where.
std::vector<EventIndex> walk(History& history, Way way, EventIndex& here) {
    std::vector<EventIndex> passed;
    while (history.next(way)) passed.push_back(here = history.take(way, at(here)).cursor);
    return passed;
}

TEST(History, leads_back_through_what_was_remembered_and_forth_again) {
    History history;
    EXPECT_EQ(history.next(Way::undo), nullptr);
    for (const std::uint32_t cursor : {1U, 2U, 3U}) history.remember(at({cursor}));
    EXPECT_EQ(history.next(Way::undo)->cursor, EventIndex{3});
    EXPECT_EQ(history.next(Way::redo), nullptr);
    EventIndex here{4};
    EXPECT_EQ(walk(history, Way::undo, here), (std::vector<EventIndex>{{3}, {2}, {1}}));
    EXPECT_EQ(walk(history, Way::redo, here), (std::vector<EventIndex>{{2}, {3}, {4}}));
}

TEST(History, forgets_what_was_undone_once_something_else_is_remembered) {
    History history;
    history.remember(at({1}));
    history.take(Way::undo, at({2}));
    history.remember(at({3}));
    EXPECT_EQ(history.next(Way::redo), nullptr);
    EXPECT_EQ(history.next(Way::undo)->cursor, EventIndex{3});
    EXPECT_EQ(history.remembered(), 2u);
}

TEST(History, remembers_no_more_than_its_limit_and_forgets_the_oldest_first) {
    History history(2);
    for (const std::uint32_t cursor : {1U, 2U, 3U}) history.remember(at({cursor}));
    EventIndex here{4};
    EXPECT_EQ(walk(history, Way::undo, here), (std::vector<EventIndex>{{3}, {2}}));
    EXPECT_EQ(history.remembered(), 3u);
}

}  // namespace
}  // namespace loopscope::session
