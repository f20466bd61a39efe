// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "core/base/result.hpp"

namespace loopscope {

/// A program that this process has started. It outlives the object, unless kill() was called.
class ChildProcess {
  public:
    /// What the program reads from its standard input.
    enum class Input : std::uint8_t {
        inherited,  ///< what this process would read
        none,       ///< nothing: it is at its end at once
    };

    struct Options {
        Input input = Input::inherited;
        /// Whether its memory is laid out as in each other run, and Python's hashes are the same: addresses
        /// are not randomised, and PYTHONHASHSEED is 0. Where the system does not allow the former, the
        /// program starts all the same.
        bool is_repeatable = false;
        /// Whether kill() kills what it has started as well, and what the terminal sends to this process,
        /// such as Ctrl C, does not reach it: it leads a process group of its own.
        bool leads_group = false;
        /// What its environment has beside this process's: NAME=VALUE each, in place of what has that name.
        std::vector<std::string> environment = {};
        /// A new file for what it writes to stdout and stderr; empty: it has those of this process.
        std::filesystem::path output = {};
    };

    /// Starts a program, a path or a name that is looked for in PATH. It has this process's standard streams,
    /// unless the options say otherwise. Fails if it cannot be started.
    static Result<ChildProcess> start(const std::vector<std::string>& arguments, const Options& options);
    static Result<ChildProcess> start(const std::vector<std::string>& arguments) {
        return start(arguments, Options());
    }

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) = delete;
    ~ChildProcess();

    [[nodiscard]] pid_t id() const { return id_; }

    /// Waits for the end of the program, at most so many milliseconds. Returns whether it has ended.
    bool wait(int milliseconds);
    /// Returns whether the program has ended, also before wait() has told.
    [[nodiscard]] bool has_ended() const;
    /// Returns whether wait() has returned true.
    [[nodiscard]] bool is_over() const { return over_; }
    /// Kills the program with SIGKILL, with its group if it leads one, and waits for its end.
    void kill();
    /// Returns the signal that killed the program; none: it ended by itself. REQUIRES: is_over().
    [[nodiscard]] std::optional<int> signal() const;
    /// Returns the exit code of the program, as a shell would: 128 + the number of the signal that killed it.
    /// REQUIRES: is_over().
    [[nodiscard]] int exit_code() const;

  private:
    ChildProcess(pid_t id, int descriptor, bool leads_group)
        : id_(id), descriptor_(descriptor), leads_group_(leads_group) {}

    pid_t id_;
    int descriptor_;  // readable once the process has ended; -1: the system has none
    bool leads_group_;
    int status_ = 0;  // as waitpid says it
    bool over_ = false;
};

}  // namespace loopscope
