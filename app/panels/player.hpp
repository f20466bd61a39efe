// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <limits>
#include <string>

#include "app/session/session.hpp"

namespace loopscope::panels {

/// Plays a session: steps it handle by handle at a speed that the eye can follow.
class Player {
  public:
    [[nodiscard]] bool playing() const { return playing_; }
    void start() { playing_ = true; }
    void pause() { playing_ = false; }
    /// Returns whether it plays, but stands still until the feed has more.
    [[nodiscard]] bool waits() const { return playing_ && waits_; }
    /// Returns the speed as a factor on the normal one; infinity: as fast as the program can.
    [[nodiscard]] double speed() const { return speeds.at(speed_); }
    /// Returns the speed in words: "1/2×", "64×", "max".
    [[nodiscard]] std::string speed_text() const;
    /// Returns whether playing is too fast for the eye to follow each handle.
    [[nodiscard]] bool fast() const { return playing_ && speed() > 1; }
    void faster() { speed_ = std::min(speed_ + 1, speeds.size() - 1); }
    void slower() { speed_ = speed_ == 0 ? 0 : speed_ - 1; }

    /// Moves the cursor forward for `passed` seconds of playing; stops at the end of the trace. Never blocks:
    /// while the feed waits, the cursor stands still.
    void tick(session::Session& session, double passed);

  private:
    /// The speed at which the program runs as fast as it can, and the cursor follows its head.
    static constexpr double free_speed = std::numeric_limits<double>::infinity();
    static constexpr std::array speeds = {0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0, free_speed};
    /// The normal speed: quarters of a step on the sequence axis per second.
    static constexpr double pace = 40;
    /// The maximum number of quarters that one frame plays, so that no frame takes long.
    static constexpr double max_per_frame = 20000;

    /// Runs the program for a frame's time, with the cursor at the head.
    void run(session::Session& session);
    /// Takes one step. Returns false if that leads nowhere now; does not play any more if it never will.
    bool step(session::Session& session);

    bool playing_ = false;
    bool waits_ = false;  // at the last step
    std::size_t speed_ = 3;
    double budget_ = 0;  // time to play, in quarters of a step
};

}  // namespace loopscope::panels
