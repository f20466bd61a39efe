#include "core/base/first_not.hpp"

#include <gtest/gtest.h>

namespace loopscope {
namespace {

TEST(FirstNot, finds_the_border_wherever_it_is) {
    for (std::uint32_t end = 0; end < 40; ++end) {
        for (std::uint32_t begin = 0; begin <= end; ++begin) {
            for (std::uint32_t border = begin; border <= end; ++border) {
                const auto holds = [&](std::uint32_t index) {
                    EXPECT_GE(index, begin);
                    EXPECT_LT(index, end);
                    return index < border;
                };
                ASSERT_EQ(first_not(begin, end, holds), border) << begin << " to " << end;
                ASSERT_EQ(near_first_not(begin, end, holds), border) << begin << " to " << end;
            }
        }
    }
}

TEST(FirstNot, asks_seldom) {
    int asked = 0;
    const auto is_small = [&](std::uint32_t index) { return ++asked, index < 1000; };
    EXPECT_EQ(first_not(0, 1U << 31U, is_small), 1000U);
    EXPECT_LE(asked, 32);
    asked = 0;
    EXPECT_EQ(near_first_not(990, ~0U, is_small), 1000U);
    EXPECT_LE(asked, 8);
}

}  // namespace
}  // namespace loopscope
