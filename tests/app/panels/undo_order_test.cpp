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
            if (empty.find(letter) != std::string::npos) return false;
            taken += letter;
            return true;
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
    order.undo([](What) { return true; });
    order.note(1, 2);
    EXPECT_EQ(all(order, true), "");
    EXPECT_EQ(all(order, false), "vs");
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
