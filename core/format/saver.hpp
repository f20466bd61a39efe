// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/base/atomic_file.hpp"
#include "core/base/progress.hpp"
#include "core/format/chunk_writer.hpp"

namespace loopscope::format {

/// Saves a trace part by part: the target is replaced as a whole by commit(), or left as it was.
///
/// After a failure the target is as it was before: only destroy the saver.
class Saver {
  public:
    /// Begins to save the events of a log up to event `until`, whatever is appended later. REQUIRES: until <=
    /// log.size(), and `log` and `info` outlive the saver.
    static Result<Saver> create(const std::filesystem::path& path, const trace::Log& log, std::uint32_t until,
                                const Info& info);

    Saver(Saver&& other) noexcept;
    Saver& operator=(Saver&& other) = delete;
    ~Saver();

    /// Writes about `events` more events, at least a chunk. Returns true once all events are written.
    [[nodiscard]] Result<bool> write(std::uint32_t events);
    /// Returns how many events are written.
    [[nodiscard]] std::uint32_t written() const;
    /// Syncs the file to the disk, in place of the target. REQUIRES: all events are written.
    [[nodiscard]] Result<void> commit();

  private:
    struct Target;
    explicit Saver(std::unique_ptr<Target> target);

    std::unique_ptr<Target> target_;
};

/// Saves a whole trace at once, in place of the file at `path`. After a failure that file is as it was
/// before; it fails also if `progress` stops it.
[[nodiscard]] Result<void> save(const std::filesystem::path& path, const trace::Log& log, const Info& info,
                                const Progress& progress = {});

/// Returns the bytes of the file that save() writes.
[[nodiscard]] Result<std::string> bytes_of(const trace::Log& log, const Info& info);

}  // namespace loopscope::format
