#include "app/panels/list_letters.hpp"

#include <gtest/gtest.h>

namespace loopscope::panels {
namespace {

TEST(ListLetters, a_letter_leads_to_the_next_entry_that_begins_with_it_and_around) {
    const std::vector<std::string> labels = {"Run", "storage", "Sort", "", "Save"};
    EXPECT_EQ(next_with_letter(labels, {}, 's'), 1u);
    EXPECT_EQ(next_with_letter(labels, 1, 's'), 2u);
    EXPECT_EQ(next_with_letter(labels, 2, 'S'), 4u);
    EXPECT_EQ(next_with_letter(labels, 4, 's'), 1u);
    EXPECT_EQ(next_with_letter(labels, 0, 'r'), 0u) << "it is the only one";
    EXPECT_FALSE(next_with_letter(labels, 0, 'x'));
    EXPECT_FALSE(next_with_letter({}, {}, 'x'));
}

}  // namespace
}  // namespace loopscope::panels
