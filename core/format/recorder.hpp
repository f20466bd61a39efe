#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "core/format/chunk_writer.hpp"

namespace loopscope::format {

class RecordingFile;

/// Writes a trace while it grows, beside the file that it is to become (recording_file.hpp). That one is only
/// ever appended to, so that whatever ends the process, it opens up to its last whole chunk; finish()
/// replaces the target by the same in larger chunks.
class Recorder {
  public:
    /// Begins a recording; a file of that name stays as it is until finish(). Fails if it cannot be written,
    /// or if another process is recording it.
    static Result<Recorder> create(const std::filesystem::path& path, const Info& info);

    Recorder(Recorder&& other) noexcept;
    Recorder& operator=(Recorder&& other) = delete;
    /// What was recorded stays where it is, unless it was nothing.
    ~Recorder();

    /// What to tell the user now, as a sentence: where an interrupted recording of that name is. Empty:
    /// nothing.
    [[nodiscard]] std::string notice() const;

    /// To be called often while the log grows, the same one each time. Writes what it has, as long as there
    /// is enough of it, or it has waited for long enough: at most 2048 events and 50 ms are not written when
    /// this returns. After a failure, such as a full disk, the file is as long as it got: only destroy the
    /// recorder.
    [[nodiscard]] Result<void> record(const trace::Log& log);
    /// Writes all that the log has, so that no event is lost if the process ends now.
    [[nodiscard]] Result<void> flush(const trace::Log& log);
    /// Writes the whole trace, the notes, and that nothing is missing; brings it to the disk in place of the
    /// target. Where there is no room for both files at once the target has the chunks that were recorded.
    [[nodiscard]] Result<void> finish(const trace::Log& log, const Info& info);

  private:
    using Clock = std::chrono::steady_clock;

    explicit Recorder(std::unique_ptr<RecordingFile> file);
    Result<void> finish_as_it_is(const trace::Log& log, const Info& info);
    /// The same failure, with where to find what there is of the recording.
    tl::unexpected<Error> with_remains(const Error& error) const;

    std::unique_ptr<RecordingFile> file_;
    ChunkWriter writer_;
    Clock::time_point written_;
};

}  // namespace loopscope::format
