// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "recorder/spool.h"

namespace loopscope::intake {

/// A spool that is read while it is written.
///
/// It is read, not mapped: whoever cuts the file off takes records away, and does not end this process. What
/// was read is given back to the file system, so that a program that runs for days needs little room.
class SpoolFile {
  public:
    /// Opens a spool. Returns nothing while there is none, or while its head is not written. Fails if the
    /// file cannot be read.
    static Result<std::optional<SpoolFile>> open(const std::filesystem::path& path);

    SpoolFile(SpoolFile&& other) noexcept;
    SpoolFile& operator=(SpoolFile&& other) = delete;
    ~SpoolFile();

    /// Returns the next records that are whole, at most some ten thousand; none: there are none yet. Valid
    /// until the next call. Fails if the file is shorter than it says.
    Result<std::span<const Spool_record>> read();

    /// Returns the writer's flags, SPOOL_… of recorder/spool.h.
    [[nodiscard]] std::uint32_t flags() const { return flags_; }
    /// Returns how many records were read.
    [[nodiscard]] std::uint64_t records() const { return read_; }
    /// Returns the lines of text that the writer says of itself: implementation and version, executable,
    /// folder, arguments. There may be fewer.
    [[nodiscard]] const std::vector<std::string>& about() const { return about_; }

  private:
    SpoolFile(std::filesystem::path path, int descriptor);
    [[nodiscard]] Result<bool> read_head();
    /// Reads bytes at an offset. Returns how many there were; fails if the system cannot read them.
    [[nodiscard]] Result<std::size_t> read_at(std::span<std::byte> bytes, std::uint64_t offset) const;
    void give_back();

    std::filesystem::path path_;
    int descriptor_;
    std::uint32_t flags_ = 0;
    std::vector<std::string> about_;
    std::vector<Spool_record> buffer_;
    std::uint64_t published_ = 0;   // records that were whole at the last look
    std::uint64_t read_ = 0;        // records
    std::uint64_t given_back_ = 0;  // bytes of the file
};

}  // namespace loopscope::intake
