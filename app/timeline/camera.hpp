#pragma once

#include <cstdint>
#include <vector>

#include "app/timeline/flight.hpp"

namespace loopscope::timeline {

/// The view that is seen, the one that it flies to, and the ways back to where it was.
///
/// Who sends it somewhere changes goal(), and then says how it gets there: fly() or jump().
class Camera {
  public:
    /// How many ways back are kept.
    static constexpr std::size_t longest_past = 100;

    /// What is seen: on its way to the goal.
    [[nodiscard]] const View& view() const { return view_; }
    [[nodiscard]] View& goal() { return goal_; }
    [[nodiscard]] const View& goal() const { return goal_; }

    /// It is at the goal from the beginning: there is no way back.
    void begin();
    /// It flies to the goal. Goals that follow each other while it still flies are one way.
    void fly();
    /// It is at the goal at once.
    void jump();
    /// There is a way back to what is seen now; for what then jumps.
    void remember();
    /// To where it was before it was last sent somewhere, and forward again. Gives false if there is no such
    /// place.
    bool back() { return return_to(past_, undone_); }
    bool forward() { return return_to(undone_, past_); }
    /// How often it was sent somewhere.
    [[nodiscard]] std::uint64_t moves() const { return moves_; }

    /// `passed` seconds later.
    void advance(double passed) {
        if (flight_.under_way()) view_ = flight_.advance(passed);
    }
    /// The goal may have been corrected: one that does not fly is there.
    void settle() {
        if (!flight_.under_way()) view_ = goal_;
    }
    [[nodiscard]] bool flies() const { return flight_.under_way(); }

  private:
    bool return_to(std::vector<View>& from, std::vector<View>& to);

    View view_;
    View goal_;
    Flight flight_;
    std::vector<View> past_;    // views to go back to
    std::vector<View> undone_;  // and those that were left by that
    std::uint64_t moves_ = 0;
};

}  // namespace loopscope::timeline
