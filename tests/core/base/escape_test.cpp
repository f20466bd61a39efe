#include "core/base/escape.hpp"

#include <gtest/gtest.h>

namespace loopscope {
namespace {

/// Texts that would do something where they are printed, and how they are shown there.
struct Case {
    std::string_view text;
    std::string_view shown;
};
constexpr Case cases[] = {
    {"plain, ä€😀", "plain, ä€😀"},
    {"\x1b]0;OWNED\a\x1b[31mred\x1b[2J", "\\x1b]0;OWNED\\x07\\x1b[31mred\\x1b[2J"},
    {"\x7f\b\r\v", "\\x7f\\x08\\r\\x0b"},
    {"\u009b31m\u0085", "\\u009b31m\\u0085"},
    {"\u202eevil\u202c\u2066\u2069\u200e\u200f\u061c",
     "\\u202eevil\\u202c\\u2066\\u2069\\u200e\\u200f\\u061c"},
    {"\u2028\u2029\ufeff", "\\u2028\\u2029\\ufeff"},
    {"\x9b"
     "31m\xff\xc3",
     "\\x9b31m\\xff\\xc3"},
    {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
    {"\xc0\x9b", "\\xc0\\x9b"},
};

TEST(Escape, shows_in_a_terminal_what_would_move_its_cursor_hide_or_turn_round_something) {
    for (const Case& each : cases) {
        EXPECT_EQ(terminal_line(each.text), each.shown);
        EXPECT_EQ(terminal_text(each.text), each.shown);
    }
}

TEST(Escape, keeps_lines_only_where_a_text_has_several) {
    EXPECT_EQ(terminal_line("one\n\ttwo"), "one\\n\\ttwo");
    EXPECT_EQ(terminal_text("one\n\ttwo"), "one\n\ttwo");
    EXPECT_EQ(terminal_text("one\r\ntwo"), "one\\r\ntwo") << "which goes back to the start of the line";
}

TEST(Escape, has_a_field_end_where_it_ends) {
    EXPECT_EQ(quoted_field("c"), "'c'");
    EXPECT_EQ(quoted_field(""), "''");
    EXPECT_EQ(quoted_field("c' written at 3\n    31  0.000  end"),
              "'c\\' written at 3\\n    31  0.000  end'");
    EXPECT_EQ(quoted_field("\\n"), "'\\\\n'") << "which is not a line feed";
    for (const Case& each : cases) EXPECT_EQ(quoted_field(each.text), "'" + std::string(each.shown) + "'");
}

TEST(Escape, makes_json_of_any_bytes) {
    EXPECT_EQ(json_string("a\"b\\c\nd"), R"("a\"b\\c\nd")");
    EXPECT_EQ(json_string(std::string_view("\0\x1b\x7f", 3)), R"("\u0000\u001b\u007f")");
    EXPECT_EQ(json_string("\u009b\u202e\u2028ä😀"), R"("\u009b\u202e\u2028ä😀")");
    EXPECT_EQ(json_string("a\xff\xed\xa0\x80"), "\"a\uFFFD\uFFFD\uFFFD\uFFFD\"");
    EXPECT_EQ(json_string("\uFFFE"), "\"\uFFFE\"") << "a character like any other, there";
}

TEST(Escape, gives_an_xml_document_only_what_it_can_have) {
    const auto xml = [](std::initializer_list<char32_t> characters) {
        std::string document;
        for (const char32_t each : characters) append_xml(document, each);
        return document;
    };
    EXPECT_EQ(xml({U'a', U'<', U'>', U'&', U'"', U'\''}), "a&lt;&gt;&amp;&quot;&apos;");
    EXPECT_EQ(xml({U'ä', U'\u0085', U'\uFFFD', U'😀', U'\U0010ffff'}), "ä\u0085\uFFFD😀\U0010ffff");
    for (const char32_t each : {char32_t{0}, char32_t{0x1b}, char32_t{0xb}, char32_t{0xfffe},
                                char32_t{0xffff}, char32_t{0xd800}, char32_t{0xdfff}, char32_t{0x110000}})
        EXPECT_EQ(xml({each}), "\uFFFD") << static_cast<std::uint32_t>(each);
}

}  // namespace
}  // namespace loopscope
