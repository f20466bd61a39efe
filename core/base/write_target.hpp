// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "core/base/result.hpp"

namespace loopscope {

/// A file that is to be written or replaced: what its path stands for, and the sentences of its errors.
class WriteTarget {
  public:
    /// Examines what is at `path`. Fails where nothing can be written: if `path` names no file, or a folder,
    /// or a file that is write-protected, which a rename would replace without asking.
    static Result<WriteTarget> find(const std::filesystem::path& path);

    /// Returns the path of the file itself, absolute and with links followed.
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Returns the path as the user wrote it.
    [[nodiscard]] const std::filesystem::path& name() const { return name_; }
    [[nodiscard]] std::filesystem::path folder() const { return path_.parent_path(); }
    /// Returns whether the target is a device or a pipe, which can be written to but not replaced.
    [[nodiscard]] bool is_stream() const;

    /// Sets the permissions of an open file, which is going to replace the target, to those of the target.
    void hand_permissions_to(int descriptor) const;
    /// Flushes a rename in the target's folder to the disk. File systems that cannot sync a folder make
    /// renames safe in their own ways, so failures are ignored.
    void sync_folder() const;

    /// Returns the failure that says why the target cannot be written and what to do about it, for an errno
    /// of open, write, fsync, close or rename, or for a reason in words.
    [[nodiscard]] tl::unexpected<Error> cannot_write(int error_number) const;
    [[nodiscard]] tl::unexpected<Error> cannot_write(const std::string& why) const;
    [[nodiscard]] tl::unexpected<Error> cannot_write(const Error& reason) const;

  private:
    WriteTarget(std::filesystem::path name, std::filesystem::path path);

    std::filesystem::path name_;
    std::filesystem::path path_;
    std::filesystem::file_status status_;  ///< of what was at the path
};

/// Writes all of `bytes` to a descriptor, and waits while a pipe is full. Returns 0, or the errno of the
/// failure.
int write_all(int descriptor, std::span<const std::byte> bytes) noexcept;

}  // namespace loopscope
