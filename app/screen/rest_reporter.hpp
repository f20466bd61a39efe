#pragma once

namespace loopscope::screen {

/// Tells the tests of the window whether anything is left to draw, so that they need not guess how long to
/// wait: writes 'W' (works) or 'R' (rests) whenever that changes. Used from the window's thread only.
class RestReporter {
  public:
    /// Writes to the file descriptor in the environment variable LOOPSCOPE_REST; to none if it is not set.
    static RestReporter of_environment();

    /// Writes the new state if it differs from the last one.
    void tell(bool rests);

  private:
    explicit RestReporter(int file) : file_(file) {}

    int file_;  // -1: none
    bool rests_ = false;
};

}  // namespace loopscope::screen
