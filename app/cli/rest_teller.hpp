#pragma once

namespace loopscope::cli {

/// Tells the tests of the window whether it has anything left to draw, so that they need not guess for how
/// long to wait: writes 'W' (works) or 'R' (rests) whenever that changes. For the window's thread.
class RestTeller {
  public:
    /// Writes to the file descriptor that the environment variable LOOPSCOPE_REST names; to none, unless it
    /// is set.
    static RestTeller of_environment();

    void tell(bool rests);

  private:
    explicit RestTeller(int file) : file_(file) {}

    int file_;  // or -1
    bool rests_ = false;
};

}  // namespace loopscope::cli
