#pragma once

#include <chrono>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>

#include "core/feed/branch.hpp"
#include "core/format/saver.hpp"

namespace loopscope::feed {

/// A trace on its way into a file, while the session that it is from is used: as it is when this begins,
/// whatever happens to the session meanwhile. Leaves the file as it was if it is destroyed while it can stop.
class Saving {
  public:
    /// The info's program and the like are the branch's.
    Saving(std::filesystem::path path, std::shared_ptr<const Branch> branch, format::Info info);
    Saving(const Saving&) = delete;
    Saving& operator=(const Saving&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// How many events are saved.
    [[nodiscard]] std::uint32_t events() const { return events_; }
    /// How much of them are written, from 0 to 1.
    [[nodiscard]] double done() const;
    /// Whether it can still be given up: not once all is written and on its way to the disk.
    [[nodiscard]] bool can_stop() const { return !commit_.valid(); }
    /// Goes on for about `time`. Gives what came of it, once it is over.
    std::optional<Result<void>> advance(std::chrono::nanoseconds time);

  private:
    std::filesystem::path path_;
    std::shared_ptr<const Branch> branch_;
    format::Info info_;
    std::uint32_t events_;
    Result<format::Saver> saver_;
    std::future<Result<void>> commit_;  // disks are slow: on a thread of its own
};

}  // namespace loopscope::feed
