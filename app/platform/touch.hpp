// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "app/platform/window.hpp"

namespace loopscope::platform {

/// A finger on the screen, in screen coordinates.
struct Finger {
    int id = 0;
    double x = 0;
    double y = 0;
};

/// Says what fingers do as a mouse would: a tap is a click, a long press is a click of the right button, one
/// finger that moves drags, and two turn the wheel: apart and together to zoom, to the side to pan.
class Touch {
  public:
    /// Takes where all fingers are now, after one came, moved or went; `time` is in seconds. Appends what a
    /// mouse would have done to `inputs`.
    void take(std::span<const Finger> fingers, double time, std::vector<Input>& inputs);
    /// Lets go of everything, because the system has taken the fingers away.
    void cancel(double time, std::vector<Input>& inputs);

  private:
    /// How far a finger moves before a tap becomes a drag, in screen coordinates.
    static constexpr double drag_distance = 8;
    /// How long a finger stays for a long press, in seconds.
    static constexpr double long_press = 0.5;

    /// Where two fingers are: their middle, and how far apart.
    struct Pair {
        double x = 0;
        double y = 0;
        double apart = 1;
    };
    static Pair pair_of(const Finger& one, const Finger& other);
    void begin(const Finger& finger, double time, std::vector<Input>& inputs);
    void drag(const Finger& finger, double time, std::vector<Input>& inputs);
    void turn(const Pair& now, double time, std::vector<Input>& inputs);
    void end(double time, std::vector<Input>& inputs);

    std::optional<Finger> first_;  // where the only finger came down
    double since_ = 0;
    bool drags_ = false;
    std::optional<Pair> pair_;
    bool spent_ = false;  // two fingers were down: what is left of them does nothing
};

}  // namespace loopscope::platform
