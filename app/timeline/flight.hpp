// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/view.hpp"

namespace loopscope::timeline {

/// The way of a view to another view. The zoom looks even, around the point that both views show at the same
/// x, and slows down towards the end.
class Flight {
  public:
    /// The duration of a flight, in seconds.
    static constexpr double length = 0.2;

    /// Starts a flight from `from` to `goal`; a flight under way ends.
    void start(const View& from, const View& goal);
    /// Returns the view that is reached `passed` seconds after the last call.
    View advance(double passed);
    /// Returns whether the goal is not reached yet.
    [[nodiscard]] bool under_way() const { return passed_ < length; }
    void stop() { passed_ = length; }

  private:
    View from_;
    View goal_;
    double passed_ = length;
};

}  // namespace loopscope::timeline
