#include "app/panels/undo_order.hpp"

#include <string>

#include <gtest/gtest.h>

namespace loopscope::panels {
namespace {

using What = UndoOrder::What;

/// Goes through all that can be taken back, or repeated: a letter for each.
std::string all(UndoOrder& order, bool redo, const std::string& empty = "") {
    std::string taken;
    for (int each = 0; each < 20; ++each) {
        const auto take = [&](What what) {
            const char letter = what == What::session ? 's' : 'v';
            if (empty.find(letter) != std::string::npos) return UndoOrder::Outcome::nothing;
            taken += letter;
            return UndoOrder::Outcome::done;
        };
        if (redo)
            order.redo(take);
        else
            order.undo(take);
    }
    return taken;
}

TEST(UndoOrder, goes_back_through_jumps_and_views_as_they_came) {
    UndoOrder order;
    order.note(1, 0);
    order.note(1, 1);
    order.note(1, 2);
    order.note(2, 2);
    EXPECT_EQ(all(order, false), "svvs");
    EXPECT_EQ(all(order, true), "svvs");
    EXPECT_EQ(all(order, false), "svvs");
}

TEST(UndoOrder, nothing_can_be_repeated_after_something_else_was_done) {
    UndoOrder order;
    order.note(1, 1);
    order.undo([](What) { return UndoOrder::Outcome::done; });
    order.note(1, 2);
    EXPECT_EQ(all(order, true), "");
    EXPECT_EQ(all(order, false), "vs");
}

TEST(UndoOrder, keeps_what_was_begun_until_it_is_done) {
    UndoOrder order;
    order.note(1, 0);
    order.note(1, 1);
    order.note(2, 1);
    const auto begins = [](What) { return UndoOrder::Outcome::begun; };
    order.undo(begins);  // and is given up
    EXPECT_EQ(all(order, false), "svs");
    EXPECT_EQ(all(order, true), "svs");
    order.undo(begins);
    order.note(2, 2);  // the view moves before the session is there
    order.undone();
    EXPECT_EQ(all(order, false), "vvs");
}

TEST(UndoOrder, passes_over_what_was_taken_back_otherwise) {
    UndoOrder order;
    order.note(1, 0);
    order.note(1, 2);
    EXPECT_EQ(all(order, false, "v"), "s");
}

TEST(UndoOrder, a_new_view_begins_to_count_anew) {
    UndoOrder order;
    order.note(0, 5);
    order.note(0, 0);
    order.note(0, 1);
    EXPECT_EQ(all(order, false), "vvvvvv");
}

}  // namespace
}  // namespace loopscope::panels
