#include "app/platform/frame_limiter.hpp"

#include <gtest/gtest.h>

namespace loopscope::platform {
namespace {

using std::chrono::milliseconds;

const FrameLimiter::Clock::time_point start{std::chrono::hours(1)};

TEST(FrameLimiter, spaces_frames_that_are_drawn_quickly) {
    FrameLimiter limiter(50);
    EXPECT_EQ(limiter.next(start), start);
    EXPECT_EQ(limiter.next(start + milliseconds(1)), start + milliseconds(20));
    EXPECT_EQ(limiter.next(start + milliseconds(23)), start + milliseconds(40));
}

TEST(FrameLimiter, does_not_hurry_after_a_slow_frame) {
    FrameLimiter limiter(50);
    limiter.next(start);
    EXPECT_EQ(limiter.next(start + milliseconds(500)), start + milliseconds(500));
    EXPECT_EQ(limiter.next(start + milliseconds(501)), start + milliseconds(520));
}

}  // namespace
}  // namespace loopscope::platform
