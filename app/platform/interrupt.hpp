// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>

namespace loopscope::platform {

/// Changes what Ctrl C (SIGINT), SIGTERM and SIGHUP do. By default they remove temporary files and end the
/// process with the exit code 128 + the signal's number. While an Interrupt exists, the first of these
/// signals only sets asked(); the second one ends the process. REQUIRES: at most one exists at a time.
class Interrupt {
  public:
    Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    ~Interrupt();

    /// Installs the handlers of these signals for the whole process. A SIGHUP that is ignored, as under
    /// nohup, stays ignored.
    static void install();
    /// Returns whether a signal has asked the process to end.
    [[nodiscard]] static bool asked();
    /// Returns the exit code of a command that is done: success, or 128 + the number of the signal that asked
    /// for the end.
    [[nodiscard]] static int exit_code();
};

}  // namespace loopscope::platform
