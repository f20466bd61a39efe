#include "core/base/time.hpp"

#include <gtest/gtest.h>

namespace loopscope {
namespace {

using namespace std::chrono_literals;

TEST(Time, of_decimal_seconds_is_exact) {
    EXPECT_EQ(seconds(0.1), 100ms);
    EXPECT_EQ(seconds(0.1) * 10, 1s);
    EXPECT_EQ(seconds(1e-9), 1ns);
    EXPECT_EQ(seconds(3600), 1h);
}

TEST(Time, is_rounded_to_the_nearest_nanosecond) {
    EXPECT_EQ(seconds(1.4e-9), 1ns);
    EXPECT_EQ(seconds(1.6e-9), 2ns);
    EXPECT_EQ(seconds(-1.6e-9), -2ns);
    EXPECT_EQ(seconds(-0.1), -100ms);
}

TEST(Time, comes_back_as_seconds) {
    EXPECT_DOUBLE_EQ(to_seconds(seconds(0.3)), 0.3);
    EXPECT_DOUBLE_EQ(to_seconds(-250ms), -0.25);
}

}  // namespace
}  // namespace loopscope
