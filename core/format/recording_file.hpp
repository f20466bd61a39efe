#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "core/base/temporary_name.hpp"
#include "core/base/write_target.hpp"

namespace loopscope::format {

/// What a recording of `t.loopscope` is called while it goes on: `t.recording.loopscope`.
std::filesystem::path recording_name(const std::filesystem::path& target);
/// Whether a file is called as recordings under way are.
bool is_recording_name(const std::filesystem::path& path);

/// The file that a recording grows in: beside the one that it is to become, which stays as it was until then,
/// and locked, so that nobody else records there. A pipe or a device has no such file, and is written to as
/// it is.
///
/// What an interrupted recording left is never overwritten: it is renamed first, to
/// `t.interrupted.loopscope`, or to `t.interrupted-2.loopscope` and so on.
class RecordingFile {
  public:
    /// Begins a file. Fails if another process records there.
    static Result<RecordingFile> create(const WriteTarget& target);

    RecordingFile(RecordingFile&& other) noexcept;
    RecordingFile& operator=(RecordingFile&& other) = delete;
    ~RecordingFile();

    [[nodiscard]] const WriteTarget& target() const { return target_; }
    /// Where it grows.
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// What an interrupted recording is called now that had this name; empty: there was none.
    [[nodiscard]] const std::filesystem::path& set_aside() const { return set_aside_; }

    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
    /// From here on it holds what must not be lost, so it stays whatever happens; until then it goes with
    /// this.
    void keep();
    [[nodiscard]] bool kept() const { return !target_.is_stream() && !temporary_; }
    /// Brings it to the disk, in place of the target.
    [[nodiscard]] Result<void> commit();
    /// Removes it: what it holds is in the target.
    void remove();

  private:
    RecordingFile(WriteTarget target, std::filesystem::path path, int descriptor);

    /// Whether nobody else has it.
    [[nodiscard]] bool lock() const;
    /// Whether there is something in it that somebody may miss.
    [[nodiscard]] bool is_of_use() const;
    Result<void> rename_what_is_there();

    WriteTarget target_;
    std::filesystem::path path_;
    std::filesystem::path set_aside_;
    int descriptor_;
    std::optional<TemporaryName> temporary_;  // until it is to be kept
};

}  // namespace loopscope::format
