// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "core/base/temporary_name.hpp"
#include "core/base/write_target.hpp"

namespace loopscope::format {

/// Returns the name that a recording of `t.loopscope` has while it goes on: `t.recording.loopscope`.
std::filesystem::path recording_name(const std::filesystem::path& target);
/// Returns whether a file has a name that recordings under way have.
bool is_recording_name(const std::filesystem::path& path);

/// The file in which a recording grows: it is beside the target, which stays unchanged until commit(), and is
/// locked, so that no other process records there. A pipe or a device has no such file, and is written to
/// directly.
///
/// The file of an interrupted recording is never overwritten: it is renamed first, to
/// `t.interrupted.loopscope`, or to `t.interrupted-2.loopscope` and so on.
class RecordingFile {
  public:
    /// Creates and locks the file for a target. Fails if another process records there, or if the file cannot
    /// be written.
    static Result<RecordingFile> create(const WriteTarget& target);

    RecordingFile(RecordingFile&& other) noexcept;
    RecordingFile& operator=(RecordingFile&& other) = delete;
    ~RecordingFile();

    [[nodiscard]] const WriteTarget& target() const { return target_; }
    /// Returns the path of the file in which the recording grows.
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Returns the new name of the file of an interrupted recording of the target; empty: there was none.
    [[nodiscard]] const std::filesystem::path& set_aside() const { return set_aside_; }

    /// Appends bytes to the file.
    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
    /// Keeps the file from now on, whatever happens, because it holds what must not be lost; until then the
    /// destructor removes it.
    void keep();
    /// Returns whether the destructor leaves a file behind; false for a pipe or a device.
    [[nodiscard]] bool kept() const { return !target_.is_stream() && !temporary_; }
    /// Syncs the file to the disk, and renames it to the target.
    [[nodiscard]] Result<void> commit();
    /// Removes the file: what it holds is in the target.
    void remove();

  private:
    RecordingFile(WriteTarget target, std::filesystem::path path, int descriptor);

    /// Locks the file. Returns false if another process has the lock.
    [[nodiscard]] bool lock() const;
    /// Returns whether the file has content that somebody may miss.
    [[nodiscard]] bool is_of_use() const;
    Result<void> rename_what_is_there();

    WriteTarget target_;
    std::filesystem::path path_;
    std::filesystem::path set_aside_;
    int descriptor_;
    std::optional<TemporaryName> temporary_;  // until keep()
};

}  // namespace loopscope::format
