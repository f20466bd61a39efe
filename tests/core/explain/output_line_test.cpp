#include "core/explain/output_line.hpp"

#include <string>

#include <gtest/gtest.h>

namespace loopscope::explain {
namespace {

TEST(OutputLine, is_quoted_without_the_line_break_at_its_end) {
    EXPECT_EQ(in_one_line("100 - 30 - 50 = 20\n"), "100 - 30 - 50 = 20");
    EXPECT_EQ(in_one_line("c"), "c");
    EXPECT_EQ(in_one_line(""), "");
}

TEST(OutputLine, shows_other_line_breaks_by_number_so_that_a_sentence_stays_one) {
    EXPECT_EQ(in_one_line("a\nb\n"), "a\\nb");
    EXPECT_EQ(in_one_line("\n"), "\\n");
}

TEST(OutputLine, that_is_long_is_cut) {
    const std::string line = in_one_line(std::string(1'000, 'x') + "\n");
    EXPECT_LT(line.size(), 300U);
    EXPECT_TRUE(line.ends_with("…"));
}

}  // namespace
}  // namespace loopscope::explain
