#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "core/base/result.hpp"

namespace loopscope::cli {

/// A program that runs in place of this one: it has this process's standard streams, and the signals that are
/// meant to end this process go to it. This process lives on until the program has ended. At most one at a
/// time.
class ChildProcess {
  public:
    /// Starts a program, a path or a name that is looked for in PATH. Fails if it cannot be started.
    static Result<ChildProcess> start(const std::vector<std::string>& arguments);

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) = delete;
    /// Lets signals end this process again.
    ~ChildProcess();

    [[nodiscard]] pid_t id() const { return id_; }

    /// Waits for the end of the program, at most so many milliseconds. Returns whether it has ended.
    bool wait(int milliseconds);
    /// Returns the signal that killed the program; none: it ended by itself. REQUIRES: wait() returned true.
    [[nodiscard]] std::optional<int> signal() const;
    /// Returns the exit code of the program, as a shell would: 128 + the number of the signal that killed it.
    /// REQUIRES: wait() returned true.
    [[nodiscard]] int exit_code() const;

  private:
    ChildProcess(pid_t id, int descriptor) : id_(id), descriptor_(descriptor) {}

    pid_t id_;
    int descriptor_;  // readable once the process has ended; -1: the system has none
    int status_ = 0;  // as waitpid says it
    bool over_ = false;
};

}  // namespace loopscope::cli
