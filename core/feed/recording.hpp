// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/format/recorder.hpp"
#include "core/intake/intake.hpp"
#include "core/intake/spool_file.hpp"
#include "core/intake/whole_handles.hpp"

namespace loopscope::feed {

/// The program that is recorded, as far as it is known before it runs.
struct RecordedProgram {
    std::string name;                  ///< what its trace is called
    std::vector<std::string> sources;  ///< the paths by which its source may be named; empty: not known
    std::string origin;                ///< who records it
    std::string schedule = {};         ///< the order of its handles, as explore::text_of writes it
    std::string notes = {};            ///< what to say to whoever opens the file
    bool is_native = false;            ///< whether it has the recorder built in, and is no Python program
};

/// Follows the spool of a process and writes the trace into a .loopscope file while it grows. What is in the
/// file is whole up to the last chunk, whatever ends this process or the other one.
class Recording {
  public:
    /// When the trace gets what the spool has.
    enum class Delivery : std::uint8_t {
        at_once,       ///< whatever is there
        whole_handles  ///< up to the end of a handle, for whoever steps the program
    };

    /// Begins a recording; the file is written once something runs on a loop. Without a target there is no
    /// file, and only the trace. Fails if the file cannot be written.
    static Result<std::unique_ptr<Recording>> create(const std::optional<std::filesystem::path>& target,
                                                     const RecordedProgram& program,
                                                     Delivery delivery = Delivery::at_once);
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;
    ~Recording() = default;

    /// Returns what to tell the user now, as a sentence; empty: nothing.
    [[nodiscard]] std::string notice() const { return recorder_ ? recorder_->notice() : std::string(); }

    /// Takes what has come into a spool, which need not be there yet: at most some ten thousand records.
    /// Returns whether anything came. After a failure only finish() may be called.
    Result<bool> follow(const std::filesystem::path& spool);
    /// Gives the trace what still waits for the end of a handle.
    [[nodiscard]] Result<void> release();
    /// Says that reads of a variable are answered by a storage from the end of the trace on. REQUIRES: the
    /// trace has got all that the spool has.
    [[nodiscard]] Result<void> select(VariableId variable, trace::Storage storage);
    /// Returns whether a handle runs, as far as is known. REQUIRES: the trace gets whole handles.
    [[nodiscard]] bool is_inside_handle() const { return whole_handles_->is_inside_handle(); }
    /// Returns the variables that are meant where a storage is selected and no variable is named.
    [[nodiscard]] std::vector<VariableId> variables_meant() const { return intake_.variables_meant(); }

    /// Ends the trace, for the program has ended. `signal`: what killed it, if a signal did.
    void end(std::optional<int> signal);
    /// Ends the trace, and writes the whole of it, in place of the target, with the texts of its files.
    /// Writes nothing if nothing ran on a loop. `progress` as of Recorder::finish.
    [[nodiscard]] Result<void> finish(std::optional<int> signal, const Progress& progress = {});

    /// Returns whether the process writes a spool.
    [[nodiscard]] bool has_begun() const { return spool_.has_value(); }
    /// Returns whether anything ran on a loop, so that there is a trace.
    [[nodiscard]] bool has_trace() const { return intake_.saw_a_loop(); }
    /// Returns why the recording ended while the program went on, as its recorder says; empty: it did not.
    [[nodiscard]] const std::string& stopped() const { return intake_.stopped(); }
    [[nodiscard]] const trace::Log& log() const { return log_; }
    /// Returns what is known beside the trace: its source, and whose it is.
    [[nodiscard]] const format::Info& info() const { return info_; }
    /// Reads the texts of the files that lines are of.
    void list_files();
    /// Returns how many files lines are of, as far as they have names.
    [[nodiscard]] std::size_t files() const {
        const std::vector<std::string>& files = intake_.files();
        return files.size() - (files.front().empty() ? 1 : 0);
    }
    /// Returns the writer's flags, SPOOL_… of recorder/spool.h. REQUIRES: has_begun().
    [[nodiscard]] std::uint32_t flags() const { return spool_->flags(); }
    /// Returns how many records were read.
    [[nodiscard]] std::uint64_t records() const { return spool_ ? spool_->records() : 0; }

  private:
    Recording(const RecordedProgram& program, format::Info info, Delivery delivery);
    Result<bool> open(const std::filesystem::path& spool);
    Result<void> take(std::span<const Spool_record> records);

    trace::Log log_;
    intake::Intake intake_;
    std::optional<intake::SpoolFile> spool_;
    [[nodiscard]] std::filesystem::path find_source(const std::filesystem::path& path) const;
    std::filesystem::path folder_;  // to which relative paths of files belong
    std::filesystem::path
        executable_;  // of a native program, whose paths may be relative to where it was built
    format::Info info_;
    std::optional<format::Recorder> recorder_;
    std::optional<intake::WholeHandles> whole_handles_;
};

}  // namespace loopscope::feed
