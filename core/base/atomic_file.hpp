#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"

namespace loopscope {

/// A file that is either replaced as a whole or left as it was. The bytes go to a temporary file in the same
/// folder; commit() brings it to the disk and renames it over the target, and everything else (a failure, a
/// destructor) removes it.
///
/// After a failed write() or commit() the file is closed and its temporary gone: only destroy it.
class AtomicFile {
  public:
    /// Begins to write `path`. A symbolic link is followed; permissions of a file that is replaced are kept.
    /// Fails if the folder cannot be written to, or if `path` is something else than a regular file.
    static Result<AtomicFile> open(const std::filesystem::path& path);

    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&& other) noexcept;
    ~AtomicFile();

    /// Appends bytes. Fails if the disk is full.
    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
    [[nodiscard]] Result<void> write(std::string_view text);

    /// Makes what was written the content of the target, surviving a power cut from here on. Closes the file.
    [[nodiscard]] Result<void> commit();

  private:
    AtomicFile(std::filesystem::path path, std::filesystem::path target)
        : path_(std::move(path)), target_(std::move(target)) {}

    Result<void> create_temporary();
    tl::unexpected<Error> give_up(int error_number);
    void discard();

    std::filesystem::path path_;       ///< The target as the user wrote it, for messages.
    std::filesystem::path target_;     ///< The same, absolute and with links followed.
    std::filesystem::path temporary_;  ///< Empty when there is none to remove.
    int descriptor_ = -1;
};

}  // namespace loopscope
