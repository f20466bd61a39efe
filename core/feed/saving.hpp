#pragma once

#include <filesystem>
#include <memory>

#include "core/base/job.hpp"
#include "core/base/result.hpp"
#include "core/base/worker.hpp"
#include "core/feed/branch.hpp"
#include "core/format/saver.hpp"

namespace loopscope::feed {

/// A job: a trace on its way into a file, while the session that it is from is used: as it is when this
/// begins, whatever happens to the session meanwhile. Leaves the file as it was if it is destroyed while it
/// can stop.
class Saving {
  public:
    /// The info's program and the like are the branch's.
    Saving(std::filesystem::path path, std::shared_ptr<const Branch> branch, format::Info info);
    Saving(const Saving&) = delete;
    Saving& operator=(const Saving&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// How many events are saved.
    [[nodiscard]] std::uint32_t events() const { return events_; }
    /// Writes on for about `time`, at least a little. Returns `waiting` while the disk has it, `ended` once
    /// it is there, `failed` if it could not be written or was cancelled.
    Status poll(std::chrono::nanoseconds time);
    /// Returns how much of the events are written, from 0 to 1.
    [[nodiscard]] double progress() const;
    /// Returns whether it can still be cancelled: not once all is written and on its way to the disk.
    [[nodiscard]] bool can_cancel() const { return !committing_; }
    /// Leaves the file as it was: the next poll gives `failed`. Does nothing once it is too late.
    void cancel();
    /// Returns why the file was not written, as a sentence. REQUIRES: poll() gave `failed`.
    [[nodiscard]] const Error& error() const { return outcome_.error(); }

  private:
    /// Writes what is left to write, for a slice. Returns whether that is all.
    Result<bool> write(std::chrono::nanoseconds time);
    void commit();
    Status end(Result<void> outcome);

    std::filesystem::path path_;
    std::shared_ptr<const Branch> branch_;
    format::Info info_;
    std::uint32_t events_;
    Result<format::Saver> saver_;
    Result<void> outcome_;  // while it commits, the thread's
    bool over_ = false;
    bool committing_ = false;
    Worker worker_;  // last: disks are slow
};

static_assert(Job<Saving>);

}  // namespace loopscope::feed
