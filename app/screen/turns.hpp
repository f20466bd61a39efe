// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>

#include "app/screen/screen.hpp"

namespace loopscope::screen {

/// The turns of a window's loop, of which each may draw a frame: whether one is due, and how much time has
/// passed since the last one. A desktop's window and a browser's page have it in common.
class Turns {
  public:
    /// REQUIRES: the screen outlives the turns.
    explicit Turns(const Screen& screen) : screen_(screen) {}

    /// Returns whether nothing is left to draw until something happens.
    [[nodiscard]] bool rest() const { return !screen_.workspace().moving() && frames_ == 0; }
    /// Begins a turn with the input that came since the last one. `happened`: something else did, or may
    /// have. Returns the seconds that the frame is to move on, 0 if nothing moved; nothing if no frame has to
    /// be drawn.
    std::optional<double> begin(const platform::Inputs& inputs, bool happened);
    /// Ends a turn in which a frame was drawn.
    void end();

  private:
    const Screen& screen_;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
    int frames_ = to_settle;  // frames to draw even if nothing moves

    /// The number of frames that are drawn after the last input or movement: ImGui needs a few until hovering
    /// and popups have settled.
    static constexpr int to_settle = 4;
};

}  // namespace loopscope::screen
