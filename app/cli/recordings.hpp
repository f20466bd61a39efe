// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include <sys/types.h>

#include "core/feed/recording.hpp"

namespace loopscope::cli {

/// The exit code of a launcher that did not run the program, and has said why.
inline constexpr int refusal_code = 2;

/// Returns why nothing of a program was recorded, as a sentence. `has_begun`: its recorder has written a
/// spool.
std::string why_there_is_nothing(const feed::RecordedProgram& program, bool has_begun);

/// The recordings of a program and, if they are wanted, of the Python programs that it starts: one for each
/// process, whose spool is PID.spool in a folder. Says on stderr what its user should know.
class Recordings {
  public:
    /// Begins with the program's own recording, or, with `children`, with none: then each process gets one
    /// when its spool is there, in a file whose name has the number of the process before its ending. Fails
    /// if nothing can be written there.
    static Result<Recordings> create(std::filesystem::path folder, std::filesystem::path target,
                                     feed::RecordedProgram program, bool children);

    /// Says which process the program is. To be called once, before the first follow().
    void set_program(pid_t process);
    /// Says which process somebody else follows. To be called before the first follow().
    void leave_out(pid_t process) { left_out_ = process; }

    /// Takes what has come. Returns whether anything came.
    bool follow();
    /// Ends the recordings and says what was recorded; `signal`: what killed the program, if a signal did.
    /// `launcher_failed`: whoever was to run a Python program did not, and has said why. Returns whether all
    /// could be written.
    bool finish(std::optional<int> signal, bool launcher_failed);
    /// Returns whether nothing more will be taken, whatever comes.
    [[nodiscard]] bool are_over() const;

  private:
    struct Followed {
        pid_t process = 0;  // 0: the program, whose process is not known yet
        std::filesystem::path target;
        std::unique_ptr<feed::Recording> recording;
        bool is_over = false;
    };

    Recordings(std::filesystem::path folder, std::filesystem::path target, feed::RecordedProgram program,
               bool children);
    Result<void> add(pid_t process, std::filesystem::path target);
    void look_for_children();
    bool follow(Followed& each);
    bool finish(Followed& each, std::optional<int> signal);
    void say_that_there_is_nothing() const;

    std::filesystem::path folder_;
    std::filesystem::path target_;
    feed::RecordedProgram program_;
    bool children_;
    pid_t process_ = 0;
    pid_t left_out_ = 0;
    std::vector<Followed> followed_;
};

}  // namespace loopscope::cli
