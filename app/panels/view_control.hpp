// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "app/timeline/camera.hpp"

namespace loopscope::panels {

/// The part of the axis that the timeline shows, and how the user moves it. Widths and places are in pixels,
/// the latter from the left edge of the lanes; positions on the axis are in ticks.
///
/// The view follows the cursor from a step on until the user moves it: what somebody looks at is not taken
/// away.
class ViewControl {
  public:
    /// Returns the view that is shown now.
    [[nodiscard]] const timeline::View& view() const { return camera_.view(); }
    /// Returns the view that is flown to, which may be corrected until settle().
    [[nodiscard]] timeline::View& goal() { return camera_.goal(); }
    [[nodiscard]] const timeline::View& goal() const { return camera_.goal(); }

    /// Returns whether the cursor is to be kept in view.
    [[nodiscard]] bool follows() const { return follows_; }
    void follow() { follows_ = true; }
    /// Follows the cursor no longer, because the user looks at something else.
    void leave() { follows_ = false; }

    /// Shows [0, end] from now on, with at most `maximum` pixels a tick, and forgets all earlier views.
    void begin(std::int64_t end, float width, double maximum);
    /// Shows [0, end] as begin() does, but goes on to follow, and keeps the earlier views.
    void refit(std::int64_t end, float width, double maximum);
    /// Returns whether the user has not moved the view since all was shown.
    [[nodiscard]] bool shows_all() const { return shows_all_; }
    /// Advances the flight, if there is one, by `passed` seconds.
    void advance(double passed) { camera_.advance(passed); }
    /// Shows the goal if there is no flight: called after the goal was corrected.
    void settle() { camera_.settle(); }
    [[nodiscard]] bool flies() const { return camera_.flies(); }

    /// Zooms by steps of a quarter of an octave. What is shown at `x` stays there. `end`: of the axis.
    void zoom(int steps, float x, float width, std::int64_t end);
    /// Zooms by the turns of a wheel, parts of which are kept until they make a step.
    void wheel(float turns, float x, float width, std::int64_t end);
    /// Flies to a view that is so many pixels further to the right.
    void pan(float pixels);
    /// Pans at once; `begins`: this is the first of several pans that count as one move.
    void drag(float pixels, float down, bool begins);
    /// Scrolls the lanes down.
    void scroll(float pixels);
    /// Puts a tick into the middle of `width` pixels: by a flight, or at once.
    void center(std::int64_t tick, float width);
    void jump_to(std::int64_t tick, float width);
    /// Remembers the view that is shown now, for what jump_to() does.
    void remember() { camera_.remember(); }
    /// Flies to all of [0, end], with at most `maximum` pixels a tick.
    void fit(std::int64_t end, float width, double maximum);
    /// Flies to all of [from, to], which fills the width but for a small margin.
    void fit(std::int64_t from, std::int64_t to, float width);
    /// Shows the same part of the axis with `factor` times as many pixels, at once.
    void rescale(float factor) {
        camera_.goal().scale *= static_cast<double>(factor);
        camera_.goal().scroll *= factor;
        camera_.jump();
    }
    /// Flies back to the view before the last move. Returns false if there is none.
    bool back();
    /// Flies forward to the view that back() left. Returns false if there is none.
    bool forward();
    /// Returns how many moves of the view were remembered since begin().
    [[nodiscard]] std::uint64_t moves() const { return camera_.moves(); }

  private:
    void fly();

    timeline::Camera camera_;
    float wheel_ = 0;  // turns of the wheel that do not make a step yet
    bool follows_ = true;
    bool shows_all_ = true;
};

}  // namespace loopscope::panels
