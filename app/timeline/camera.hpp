// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "app/timeline/flight.hpp"

namespace loopscope::timeline {

/// The view that is shown, the goal that it moves towards, and the stacks of earlier and undone views.
///
/// To move the camera, change goal() and then call fly() or jump().
class Camera {
  public:
    /// The maximum number of earlier views that are kept.
    static constexpr std::size_t max_past = 100;

    /// Returns the view that is shown now; it differs from the goal while the camera flies.
    [[nodiscard]] const View& view() const { return view_; }
    /// Returns the view that the camera moves to, which may be changed.
    [[nodiscard]] View& goal() { return goal_; }
    [[nodiscard]] const View& goal() const { return goal_; }

    /// Places the camera at the goal and forgets all earlier views.
    void begin();
    /// Forgets all earlier views, because they are of another trace.
    void forget() {
        past_.clear();
        undone_.clear();
    }
    /// Starts a flight to the goal. Goals that follow each other during one flight count as one move.
    void fly();
    /// Places the camera at the goal at once.
    void jump();
    /// Keeps the view that is shown now as an earlier view, for a jump that follows.
    void remember();
    /// Flies back to the view before the last move. Returns false if there is none.
    bool back() { return return_to(past_, undone_); }
    /// Flies forward to the view that back() left. Returns false if there is none.
    bool forward() { return return_to(undone_, past_); }
    /// Returns how many moves were remembered since begin().
    [[nodiscard]] std::uint64_t moves() const { return moves_; }

    /// Advances the flight, if there is one, by `passed` seconds.
    void advance(double passed) {
        if (flight_.under_way()) view_ = flight_.advance(passed);
    }
    /// Shows the goal if the camera does not fly: call this after the goal was corrected.
    void settle() {
        if (!flight_.under_way()) view_ = goal_;
    }
    /// Returns whether a flight is under way.
    [[nodiscard]] bool flies() const { return flight_.under_way(); }

  private:
    bool return_to(std::vector<View>& from, std::vector<View>& to);

    View view_;
    View goal_;
    Flight flight_;
    std::vector<View> past_;    // views to go back to
    std::vector<View> undone_;  // views that back() left
    std::uint64_t moves_ = 0;
};

}  // namespace loopscope::timeline
