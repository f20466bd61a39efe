#include "core/exchange/micros.hpp"

#include <string>

#include <gtest/gtest.h>

namespace loopscope::exchange {
namespace {

std::int64_t nanoseconds(std::string_view text, std::int64_t origin = 0) {
    const auto time = parse_micros(text);
    return time ? nanoseconds_since(origin, *time).value_or(-2) : -1;
}

TEST(Micros, are_exact_to_the_nanosecond) {
    EXPECT_EQ(nanoseconds("12"), 12'000);
    EXPECT_EQ(nanoseconds("1700000000000000.123"), 1'700'000'000'000'000'123);
    EXPECT_EQ(nanoseconds("1700000000000000000.5", 1'700'000'000'000'000'000), 500) << "of any origin";
    EXPECT_EQ(nanoseconds("-1.5"), -1'500);
    EXPECT_EQ(nanoseconds("1.5e3"), 1'500'000);
    for (const std::string_view wrong : {"", "-", ".", "1e99", "99999999999999999999", "true", "nan", "inf"})
        EXPECT_EQ(nanoseconds(wrong), -1) << wrong;
    for (const std::string_view far : {"9000000000000000", "-9000000000000000"})
        EXPECT_EQ(nanoseconds(far), -2) << far;
}

TEST(Micros, are_rounded_and_not_cut) {
    EXPECT_EQ(nanoseconds("0.0019"), 2);
    EXPECT_EQ(nanoseconds("0.0004"), 0);
    EXPECT_EQ(nanoseconds("-0.0019"), -2);
}

TEST(Micros, are_rounded_after_they_were_added_so_that_what_nests_nests) {
    const auto end = sum(*parse_micros("0.0004"), *parse_micros("0.0004"));
    EXPECT_EQ(nanoseconds_since(0, *end), 1);
    EXPECT_EQ(sum({1, 999'999}, {1, 1}), (Micros{3, 0}));
    EXPECT_FALSE(sum({INT64_MAX, 999'999}, {0, 1}));
    EXPECT_FALSE(sum({INT64_MAX, 0}, {1, 0}));
}

}  // namespace
}  // namespace loopscope::exchange
