#pragma once

#include <csignal>

namespace loopscope::cli {

/// What Ctrl C (SIGINT), SIGTERM and SIGHUP do. As a rule they end the process with 128 + their number once
/// what is temporary is removed. While one of these objects lives, the first of them asks for an end instead
/// of making one; the second is as always. One at a time.
class Interrupt {
  public:
    Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    ~Interrupt();

    /// Has signals keep to that rule, for the whole process. A hang-up that is ignored, as under nohup, stays
    /// ignored.
    static void install();
    /// Whether an end was asked for.
    [[nodiscard]] static bool asked();
    /// The exit code of what has come to its end: success, or 128 + the number of the signal that asked for
    /// it.
    [[nodiscard]] static int exit_code();
};

}  // namespace loopscope::cli
