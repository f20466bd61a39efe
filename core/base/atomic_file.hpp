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

/// A file that is either replaced as a whole or left as it was. The bytes go to a file of the same folder
/// that has no name yet, so that nothing is left of it whatever ends the process; commit() brings it to the
/// disk, names it and renames it over the target. Where a file system wants a name from the start it has a
/// temporary one, which everything but a SIGKILL removes.
///
/// After a failed write() or commit() the file is closed and its temporary gone: only destroy it.
class AtomicFile {
  public:
    /// Begins to write `path`. A symbolic link is followed; permissions of a file that is replaced are kept.
    /// Fails if the folder cannot be written to, or if `path` is something else than a regular file.
    static Result<AtomicFile> open(const std::filesystem::path& path);

    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&& other) = delete;
    ~AtomicFile();

    /// Appends bytes. Fails if the disk is full.
    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
    [[nodiscard]] Result<void> write(std::string_view text);

    /// Makes what was written the content of the target, surviving a power cut from here on. Closes the file.
    [[nodiscard]] Result<void> commit();

  private:
    explicit AtomicFile(WriteTarget target) : target_(std::move(target)) {}

    bool create_unnamed();
    Result<void> create_named();
    /// Gives a file that has no name a temporary one.
    Result<void> name_it();
    tl::unexpected<Error> give_up(int error_number);
    void discard();

    WriteTarget target_;
    std::optional<TemporaryName> temporary_;  // none: it has no name
    int descriptor_ = -1;
};

}  // namespace loopscope
