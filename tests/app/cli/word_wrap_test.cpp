#include "app/cli/word_wrap.hpp"

#include <gtest/gtest.h>

namespace loopscope::cli {
namespace {

TEST(WordWrap, breaks_lines_at_spaces_behind_an_indentation_that_does_not_count) {
    EXPECT_EQ(word_wrap("one two three", 7), "one two\nthree\n");
    EXPECT_EQ(word_wrap("one two three", 7, "  "), "  one two\n  three\n");
}

TEST(WordWrap, counts_characters_and_not_bytes) {
    EXPECT_EQ(word_wrap("→→→ →→→ →", 7), "→→→ →→→\n→\n");
}

TEST(WordWrap, keeps_paragraphs_and_gives_long_words_a_line) {
    EXPECT_EQ(word_wrap("one\n\nasynchronously two", 5), "one\n\nasynchronously\ntwo\n");
    EXPECT_EQ(word_wrap("", 5), "\n");
}

}  // namespace
}  // namespace loopscope::cli
