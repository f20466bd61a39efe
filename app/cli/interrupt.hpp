#pragma once

#include <csignal>

namespace loopscope::cli {

/// While it lives, the first Ctrl C asks for an end instead of making one; the second is as always. One at a
/// time.
class Interrupt {
  public:
    Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    ~Interrupt();

    /// Whether Ctrl C was pressed since it was made.
    [[nodiscard]] static bool asked();

  private:
    struct sigaction before_ = {};
};

}  // namespace loopscope::cli
