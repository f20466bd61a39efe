#include "core/base/utf8.hpp"

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Utf8, is_taken_a_character_at_a_time) {
    const auto first = [](std::string_view text) { return first_character(text); };
    EXPECT_EQ(first("ab").code, U'a');
    EXPECT_EQ(first("äb").code, U'ä');
    EXPECT_EQ(first("äb").size, 2u);
    EXPECT_EQ(first("€").size, 3u);
    EXPECT_EQ(first("😀").code, U'😀');
    EXPECT_EQ(first(std::string_view("\0", 1)).code, U'\0');
    EXPECT_TRUE(first("😀").valid);
}

TEST(Utf8, has_no_overlong_forms_no_surrogates_and_nothing_beyond_its_end) {
    for (const std::string_view wrong :
         {"\xff", "\x80", "\xc3", "\xc3x", "\xc0\x80", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xed\xa0\x80",
          "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82"}) {
        const Utf8Character character = first_character(wrong);
        EXPECT_FALSE(character.valid);
        EXPECT_EQ(character.code, replacement_character);
        EXPECT_EQ(character.size, 1u) << "what follows has its chance";
    }
}

TEST(Utf8, is_written_as_it_is_read) {
    for (const char32_t each :
         {U'\0', U'a', U'\x7f', U'\u0080', U'\u07ff', U'\u0800', U'\uffff', U'\U00010000', U'\U0010ffff'}) {
        std::string text;
        append_utf8(text, each);
        EXPECT_EQ(first_character(text).code, each);
        EXPECT_EQ(first_character(text).size, text.size());
        EXPECT_TRUE(first_character(text).valid);
    }
}

TEST(Utf8, is_made_clean) {
    EXPECT_EQ(clean_utf8("aä€😀"), "aä€😀");
    EXPECT_EQ(clean_utf8("a\xff"
                         "b\xc3"),
              "a\xef\xbf\xbd"
              "b\xef\xbf\xbd");
    EXPECT_EQ(clean_utf8("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd") << "half of a pair";
}

TEST(Characters, are_split_where_utf8_says) {
    EXPECT_THAT(characters("0a€😀b"), ElementsAre("0", "a", "€", "😀", "b"));
    EXPECT_THAT(characters(""), IsEmpty());
}

TEST(Characters, of_what_is_no_utf8_lose_nothing) {
    for (const std::string text :
         {"\xff\xfe", "a\x80", "\xe2\x82", "\xf0\x9f", "\x80\x80\x80\x80\x80\x80", "\xe2 abc"}) {
        std::string together;
        for (const std::string_view each : characters(text)) {
            EXPECT_FALSE(each.empty());
            together += each;
        }
        EXPECT_EQ(together, text);
    }
}

}  // namespace
}  // namespace loopscope
