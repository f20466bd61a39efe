// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/progress.hpp"
#include "core/format/chunk_writer.hpp"

namespace loopscope::format {

class RecordingFile;

/// Writes a trace while it grows, into a file beside the target (recording_file.hpp). The file is only ever
/// appended to, so that it can be opened up to its last whole chunk, whatever ends the process. finish()
/// replaces the target by the trace in larger chunks.
class Recorder {
  public:
    /// Begins a recording; a file at `path` stays as it is until finish(). Fails if the file cannot be
    /// written, or if another process records it.
    static Result<Recorder> create(const std::filesystem::path& path, const Info& info);

    Recorder(Recorder&& other) noexcept;
    Recorder& operator=(Recorder&& other) = delete;
    /// Leaves the file of the recording where it is, unless nothing was recorded.
    ~Recorder();

    /// Returns what to tell the user now, as a sentence: where an interrupted recording of the target is.
    /// Empty: nothing.
    [[nodiscard]] std::string notice() const;

    /// Writes the events that the log has, if there are enough of them or they have waited long enough: at
    /// most 2048 events and 50 ms are not written on return. To be called often while the log grows, with the
    /// same log each time. After a failure, such as a full disk, the file ends where writing failed: only
    /// destroy the recorder.
    [[nodiscard]] Result<void> record(const trace::Log& log);
    /// Writes all events that the log has, so that none is lost if the process ends now.
    [[nodiscard]] Result<void> flush(const trace::Log& log);
    /// Writes the whole trace, the notes, and that nothing is missing; syncs it to the disk, in place of the
    /// target. Where there is no room for both files at once, and where `progress` stops it, the target is
    /// the file with the chunks that were recorded: it has the same, and is larger.
    [[nodiscard]] Result<void> finish(const trace::Log& log, const Info& info, const Progress& progress = {});

  private:
    using Clock = std::chrono::steady_clock;

    explicit Recorder(std::unique_ptr<RecordingFile> file);
    Result<void> finish_as_it_is(const trace::Log& log, const Info& info);
    /// Returns `error`, with the path of what was recorded, if there is any.
    tl::unexpected<Error> with_remains(const Error& error) const;

    std::unique_ptr<RecordingFile> file_;
    ChunkWriter writer_;
    Clock::time_point written_;
};

}  // namespace loopscope::format
