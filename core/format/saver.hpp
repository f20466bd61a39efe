#pragma once

#include "core/base/atomic_file.hpp"
#include "core/format/chunk_writer.hpp"

namespace loopscope::format {

/// Saves a trace part by part: the file is replaced as a whole once all is written, or left as it was.
///
/// After a failure the file is as it was before: only destroy the saver.
class Saver {
  public:
    /// Begins to save the events of a log up to event `until`, whatever is appended later. REQUIRES: until <=
    /// log.size(), and log and info live as long.
    static Result<Saver> create(const std::filesystem::path& path, const trace::Log& log, std::uint32_t until,
                                const Info& info);

    Saver(Saver&& other) noexcept;
    Saver& operator=(Saver&& other) = delete;
    ~Saver();

    /// Writes about `events` more, at least a chunk. Gives true once all are written.
    [[nodiscard]] Result<bool> write(std::uint32_t events);
    /// How many are written.
    [[nodiscard]] std::uint32_t written() const;
    /// Brings the file to the disk, in place of what was there. REQUIRES: all are written.
    [[nodiscard]] Result<void> commit();

  private:
    struct Target;
    explicit Saver(std::unique_ptr<Target> target);

    std::unique_ptr<Target> target_;
};

/// Saves a whole trace at once.
[[nodiscard]] Result<void> save(const std::filesystem::path& path, const trace::Log& log, const Info& info);

}  // namespace loopscope::format
