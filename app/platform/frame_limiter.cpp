// SPDX-License-Identifier: MIT
#include "app/platform/frame_limiter.hpp"

#include <algorithm>
#include <cassert>
#include <thread>

namespace loopscope::platform {

FrameLimiter::FrameLimiter(double frames_per_second)
    : period_(
          std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / frames_per_second))) {
    assert(frames_per_second > 0);
}

void FrameLimiter::wait() {
    std::this_thread::sleep_until(next(Clock::now()));
}

FrameLimiter::Clock::time_point FrameLimiter::next(Clock::time_point now) {
    due_ = std::max(due_ + period_, now);
    return due_;
}

}  // namespace loopscope::platform
