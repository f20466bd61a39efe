#include "core/base/string_table.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

StringTable table_of(std::initializer_list<std::string_view> texts) {
    StringTable table;
    for (const std::string_view text : texts) (void)table.intern(text);
    return table;
}

TEST(StringTable, numbers_strings_in_order_of_first_use) {
    StringTable table;
    EXPECT_EQ(table.intern("symbol"), StringId{1});
    EXPECT_EQ(table.intern("."), StringId{2});
    EXPECT_EQ(table.intern("symbol"), StringId{1});
    EXPECT_EQ(table.size(), 2u);
    EXPECT_EQ(table[StringId{1}], "symbol");
    EXPECT_EQ(table[StringId{2}], ".");
}

TEST(StringTable, takes_the_empty_string_for_no_string) {
    StringTable table;
    EXPECT_EQ(table.intern(""), StringId{});
    EXPECT_EQ(table.size(), 0u);
    EXPECT_EQ(table[StringId{}], "");
}

TEST(StringTable, gives_nothing_for_a_number_that_it_does_not_have) {
    const StringTable table = table_of({"a"});
    EXPECT_EQ(table[StringId{2}], "");
    EXPECT_EQ(table[StringId{0xffffffffu}], "");
}

TEST(StringTable, keeps_its_views_while_it_grows) {
    StringTable table;
    (void)table.intern("first");
    const std::string_view first = table[StringId{1}];
    const char* const address = first.data();
    for (int number = 0; number < 10'000; ++number) (void)table.intern(std::to_string(number));
    EXPECT_EQ(first, "first");
    EXPECT_EQ(table[StringId{1}].data(), address);
    EXPECT_EQ(table.intern("9999"), StringId{10'001});
}

TEST(StringTable, tells_strings_apart_that_differ_behind_a_zero_byte) {
    StringTable table;
    EXPECT_NE(table.intern(std::string_view("a\0b", 3)), table.intern(std::string_view("a\0c", 3)));
    EXPECT_EQ(table[StringId{1}].size(), 3u);
}

TEST(StringTable, as_a_copy_lives_on_when_the_original_is_gone) {
    StringTable copy;
    {
        const StringTable original = table_of({"a", "b"});
        copy = original;
    }
    EXPECT_EQ(copy.intern("b"), StringId{2});
    EXPECT_EQ(copy.intern("c"), StringId{3});
    EXPECT_EQ(copy[StringId{1}], "a");
}

TEST(StringTable, as_a_copy_leaves_the_original_as_it_was) {
    const StringTable original = table_of({"a"});
    StringTable copy(original);
    (void)copy.intern("b");
    EXPECT_EQ(original.size(), 1u);
    EXPECT_EQ(copy.size(), 2u);
}

TEST(StringTable, still_knows_its_strings_after_it_is_moved) {
    StringTable original = table_of({"a", "b"});
    StringTable moved(std::move(original));
    EXPECT_EQ(moved.intern("b"), StringId{2});
    EXPECT_EQ(moved.size(), 2u);
}

}  // namespace
}  // namespace loopscope
