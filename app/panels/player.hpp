#pragma once

#include <array>

#include "app/session/session.hpp"

namespace loopscope::panels {

/// Plays a session: steps it handle by handle at a pace that the eye can follow.
class Player {
  public:
    [[nodiscard]] bool playing() const { return playing_; }
    void start() { playing_ = true; }
    void pause() { playing_ = false; }
    /// How much faster than normal.
    [[nodiscard]] double speed() const { return speeds.at(speed_); }
    /// Whether it plays faster than the eye can follow one handle after the other.
    [[nodiscard]] bool fast() const { return playing_ && speed() > 1; }
    void faster() { speed_ = std::min(speed_ + 1, speeds.size() - 1); }
    void slower() { speed_ = speed_ == 0 ? 0 : speed_ - 1; }

    /// Moves the cursor on by the time that has passed, in seconds; stops at the end.
    void tick(session::Session& session, double passed);

  private:
    static constexpr std::array speeds = {0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0};
    /// At normal speed: quarters of a step on the sequence axis in a second.
    static constexpr double pace = 40;
    /// A frame never takes longer than this for stepping, however fast it plays.
    static constexpr double most_per_frame = 20000;

    bool playing_ = false;
    std::size_t speed_ = 3;
    double owed_ = 0;  // quarters
};

}  // namespace loopscope::panels
