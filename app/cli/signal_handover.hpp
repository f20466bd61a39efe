// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

namespace loopscope::cli {

/// Hands the signals that are meant to end this process (SIGINT, SIGTERM, SIGHUP, SIGQUIT) on to another one,
/// which runs in its place. This process lives on until that one has ended. At most one exists at a time.
class SignalHandover {
  public:
    /// Begins: from here on these signals do not end this process.
    SignalHandover();
    SignalHandover(const SignalHandover&) = delete;
    SignalHandover& operator=(const SignalHandover&) = delete;
    /// Lets the signals do what they did before.
    ~SignalHandover();

    /// Says to whom signals are handed on; 0: to nobody any more, for its number may be another process's
    /// soon.
    static void set_addressee(pid_t process);
    /// Returns whether a signal came since the beginning, so that this process is to end when the other one
    /// has.
    [[nodiscard]] static bool came() { return times() > 0; }
    /// Returns how many signals came since the beginning.
    [[nodiscard]] static unsigned times();
};

}  // namespace loopscope::cli
