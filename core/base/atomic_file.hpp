// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/temporary_name.hpp"
#include "core/base/write_target.hpp"

namespace loopscope {

/// A file that is either replaced as a whole or left as it was. The bytes go to a file in the same folder
/// that has no name yet, so nothing is left of it however the process ends; commit() flushes it to the disk,
/// names it and renames it over the target. On a file system where a file needs a name from the start it gets
/// a temporary one, which is removed in all cases but a SIGKILL.
///
/// After a failed write() or commit() the file is closed and its temporary file is gone: only the destructor
/// may follow.
class AtomicFile {
  public:
    /// Opens a temporary file that is to replace `path`. Follows symbolic links, and keeps the permissions of
    /// a file that is replaced. Fails if the folder cannot be written to, or if `path` is anything but a
    /// regular file.
    static Result<AtomicFile> open(const std::filesystem::path& path);

    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&& other) = delete;
    ~AtomicFile();

    /// Appends bytes. Fails if they cannot be written, as when the disk is full.
    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
    [[nodiscard]] Result<void> write(std::string_view text);

    /// Makes the bytes that were written the content of the target, safe against a power cut once this
    /// returns, and closes the file. Fails if that is not possible; the target is then as it was.
    [[nodiscard]] Result<void> commit();

  private:
    explicit AtomicFile(WriteTarget target) : target_(std::move(target)) {}

    bool create_unnamed();
    Result<void> create_named();
    /// Links an unnamed file to a temporary name.
    Result<void> name_it();
    tl::unexpected<Error> give_up(int error_number);
    void discard();

    WriteTarget target_;
    std::optional<TemporaryName> temporary_;  // none: it has no name
    int descriptor_ = -1;
};

}  // namespace loopscope
