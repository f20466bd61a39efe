// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace loopscope::platform {

/// Limits the number of frames per second. Waiting for the screen is not enough: without a real one, as under
/// Xvfb, a swap returns at once.
class FrameLimiter {
  public:
    using Clock = std::chrono::steady_clock;

    /// Limits a loop to `frames_per_second`. REQUIRES: it is greater than 0.
    explicit FrameLimiter(double frames_per_second);

    /// Sleeps until the next frame is due; called once a frame.
    void wait();

    /// Returns when the frame after this one is due, if the time is `now`. Frames keep their rhythm; a late
    /// frame is not made up for by earlier ones after it.
    Clock::time_point next(Clock::time_point now);

  private:
    Clock::duration period_;
    Clock::time_point due_;
};

}  // namespace loopscope::platform
