// SPDX-License-Identifier: MIT
#pragma once

namespace loopscope::screen {

/// A reporter that tells the tests of the window whether anything is left to draw, so that they need not
/// guess how long to wait: writes 'W' (works) or 'R' (rests) whenever that changes. Used from the window's
/// thread only.
class RestReporter {
  public:
    /// Returns a reporter that writes to the file descriptor in the environment variable LOOPSCOPE_REST, or
    /// to none if that is not set.
    static RestReporter of_environment();

    /// Writes the new state if it differs from the last one.
    void tell(bool rests);

  private:
    explicit RestReporter(int file) : file_(file) {}

    int file_;  // -1: none
    bool rests_ = false;
};

}  // namespace loopscope::screen
