#include "core/base/excerpt.hpp"

#include <gtest/gtest.h>

namespace loopscope {
namespace {

TEST(ExcerptTest, a_short_text_stays_as_it_is) {
    EXPECT_EQ(excerpt(""), "");
    EXPECT_EQ(excerpt("indication"), "indication");
    const std::string longest(max_excerpt, 'n');
    EXPECT_EQ(excerpt(longest), longest);
}

TEST(ExcerptTest, a_long_text_ends_with_an_ellipsis) {
    EXPECT_EQ(excerpt(std::string(1'000'000, 'n')), std::string(max_excerpt, 'n') + "…");
}

TEST(ExcerptTest, no_character_is_cut_in_two) {
    EXPECT_EQ(beginning_of("aé", 2), "a");
    EXPECT_EQ(beginning_of("aé", 3), "aé");
    EXPECT_EQ(beginning_of("a😀b", 4), "a");
    EXPECT_EQ(beginning_of("a😀b", 5), "a😀");
    EXPECT_EQ(beginning_of("é", 1), "");
    EXPECT_EQ(beginning_of("é", 0), "");
}

TEST(ExcerptTest, what_is_no_utf8_is_cut_all_the_same) {
    const std::string bytes(1000, '\x80');
    EXPECT_EQ(beginning_of(bytes, 100).size(), 97U);
    EXPECT_EQ(beginning_of(bytes, 2).size(), 0U);
}

}  // namespace
}  // namespace loopscope
