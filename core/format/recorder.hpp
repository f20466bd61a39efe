#pragma once

#include <filesystem>

#include "core/format/chunk_writer.hpp"

namespace loopscope::format {

/// Writes a trace while it grows. The file is only ever appended to, so that whatever ends the process, it
/// opens up to its last whole chunk.
class Recorder {
  public:
    /// Begins a file; what it held is gone.
    static Result<Recorder> create(const std::filesystem::path& path, const Info& info);

    Recorder(Recorder&& other) noexcept;
    Recorder& operator=(Recorder&& other) noexcept;
    ~Recorder();

    /// Writes what the log has in whole chunks since the last call. It has to be the same log each time.
    /// After a failure, such as a full disk, the file is as long as it got: only destroy the recorder.
    [[nodiscard]] Result<void> record(const trace::Log& log);
    /// The same, with what does not fill a chunk: so that no event is lost if the process ends now.
    [[nodiscard]] Result<void> flush(const trace::Log& log);
    /// Writes the rest, the notes, and that nothing is missing; brings it to the disk.
    [[nodiscard]] Result<void> finish(const trace::Log& log, const Info& info);

  private:
    class File;
    explicit Recorder(std::unique_ptr<File> file);

    std::unique_ptr<File> file_;
    ChunkWriter writer_;
};

}  // namespace loopscope::format
