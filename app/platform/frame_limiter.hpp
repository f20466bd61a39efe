#pragma once

#include <chrono>

namespace loopscope::platform {

/// Keeps a loop from drawing more frames a second than it should. Waiting for the screen does not: without a
/// real one, as under Xvfb, a swap returns at once.
class FrameLimiter {
  public:
    using Clock = std::chrono::steady_clock;

    /// `frames_per_second` is greater than 0.
    explicit FrameLimiter(double frames_per_second);

    /// Sleeps until the next frame is due. To be called once a frame.
    void wait();

    /// When the frame after this one is due, if it is `now`. Frames keep their beat; one that comes late is
    /// not made up for by others in a hurry.
    Clock::time_point next(Clock::time_point now);

  private:
    Clock::duration period_;
    Clock::time_point due_;
};

}  // namespace loopscope::platform
