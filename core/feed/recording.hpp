#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/format/recorder.hpp"
#include "core/intake/intake.hpp"
#include "core/intake/spool_file.hpp"

namespace loopscope::feed {

/// The program that is recorded, as far as it is known before it runs.
struct RecordedProgram {
    std::string name;                  ///< what its trace is called
    std::vector<std::string> sources;  ///< the paths by which its source may be named; empty: not known
    std::string origin;                ///< who records it
};

/// Follows the spool of a process and writes the trace into a .loopscope file while it grows. What is in the
/// file is whole up to the last chunk, whatever ends this process or the other one.
class Recording {
  public:
    /// Begins a recording; the file is written once something runs on a loop. Fails if it cannot be written.
    static Result<std::unique_ptr<Recording>> create(const std::filesystem::path& target,
                                                     const RecordedProgram& program);
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;
    ~Recording() = default;

    /// Returns what to tell the user now, as a sentence; empty: nothing.
    [[nodiscard]] std::string notice() const { return recorder_.notice(); }

    /// Takes what has come into a spool, which need not be there yet: at most some ten thousand records.
    /// Returns whether anything came. After a failure only finish() may be called.
    Result<bool> follow(const std::filesystem::path& spool);

    /// Writes the whole trace, in place of the target, with the texts of its files. `signal`: what killed the
    /// program, if a signal did. Writes nothing if nothing ran on a loop.
    [[nodiscard]] Result<void> finish(std::optional<int> signal);

    /// Returns whether the process writes a spool.
    [[nodiscard]] bool has_begun() const { return spool_.has_value(); }
    /// Returns whether anything ran on a loop, so that there is a trace.
    [[nodiscard]] bool has_trace() const { return intake_.saw_a_loop(); }
    /// Returns why the recording ended while the program went on, as its recorder says; empty: it did not.
    [[nodiscard]] const std::string& stopped() const { return intake_.stopped(); }
    [[nodiscard]] const trace::Log& log() const { return log_; }

  private:
    Recording(const RecordedProgram& program, format::Info info, format::Recorder recorder);
    void list_files();

    trace::Log log_;
    intake::Intake intake_;
    std::optional<intake::SpoolFile> spool_;
    std::filesystem::path folder_;  // to which relative paths of files belong
    format::Info info_;
    format::Recorder recorder_;
};

}  // namespace loopscope::feed
