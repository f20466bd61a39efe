#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "core/base/result.hpp"

namespace loopscope {

/// A file that is to be written, or replaced: what its path stands for, and what its errors say.
class WriteTarget {
  public:
    /// Looks at what is there. Fails where nothing can be written: if `path` names no file, or a folder, or
    /// one that is write-protected, which a rename would replace without asking.
    static Result<WriteTarget> find(const std::filesystem::path& path);

    /// The file itself, absolute and with links followed.
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// The same as the user wrote it.
    [[nodiscard]] const std::filesystem::path& name() const { return name_; }
    [[nodiscard]] std::filesystem::path folder() const { return path_.parent_path(); }
    /// Whether it is a device or a pipe: there is nothing to replace, it can only be written to.
    [[nodiscard]] bool is_stream() const;

    /// Gives another file the permissions of the one that it is going to replace.
    void hand_permissions_to(int descriptor) const;
    /// Brings a rename to the disk. File systems that cannot sync a folder keep it safe in their own ways.
    void sync_folder() const;

    /// Why it cannot be written, and what to do about it, for an errno of open, write, fsync, close or
    /// rename.
    [[nodiscard]] tl::unexpected<Error> cannot_write(int error_number) const;
    [[nodiscard]] tl::unexpected<Error> cannot_write(const std::string& why) const;

  private:
    WriteTarget(std::filesystem::path name, std::filesystem::path path);

    std::filesystem::path name_;
    std::filesystem::path path_;
    std::filesystem::file_status status_;  ///< of what is there
};

/// Writes all of some bytes to a descriptor. Gives 0, or the errno of what went wrong.
int write_all(int descriptor, std::span<const std::byte> bytes);

}  // namespace loopscope
