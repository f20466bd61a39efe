#pragma once

#include "app/timeline/view.hpp"

namespace loopscope::timeline {

/// A view on its way to another one: zooms evenly to the eye around the place that both show at the same x,
/// and slows down towards its end.
class Flight {
  public:
    /// In seconds.
    static constexpr double length = 0.2;

    /// Starts over from `from`, with another goal.
    void start(const View& from, const View& goal);
    /// Where it has got to, `passed` seconds later.
    View advance(double passed);
    [[nodiscard]] bool under_way() const { return passed_ < length; }
    void stop() { passed_ = length; }

  private:
    View from_;
    View goal_;
    double passed_ = length;
};

}  // namespace loopscope::timeline
