// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/job.hpp"
#include "core/base/result.hpp"
#include "core/base/worker.hpp"
#include "core/feed/branch.hpp"
#include "core/format/saver.hpp"

namespace loopscope::feed {

/// A job: saves a trace to a file while its session is used. Saves the trace as it is when the job is made,
/// whatever happens to the session meanwhile. The destructor leaves the file as it was if can_cancel().
class Saving {
  public:
    /// Starts to save a branch. The info's program, source and parameters are the branch's.
    Saving(std::filesystem::path path, std::shared_ptr<const Branch> branch, format::Info info);
    Saving(const Saving&) = delete;
    Saving& operator=(const Saving&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Returns how many events are saved.
    [[nodiscard]] std::uint32_t events() const { return events_; }
    /// Writes for about `time`, at least a little. Returns `waiting` while the disk works, `ended` once the
    /// file is complete, `failed` if it could not be written or saving was cancelled.
    Status poll(std::chrono::nanoseconds time);
    /// Returns the fraction of the events that are written, from 0 to 1.
    [[nodiscard]] double progress() const;
    /// Returns whether saving can still be cancelled: until all events are written and the file is passed to
    /// the disk.
    [[nodiscard]] bool can_cancel() const { return !committing_; }
    /// Leaves the file as it was: the next poll returns `failed`. Does nothing if not can_cancel().
    void cancel();
    /// Returns why the file was not written, as a sentence. REQUIRES: poll() returned `failed`.
    [[nodiscard]] const Error& error() const { return outcome_.error(); }

  private:
    /// Writes for about `time`. Returns whether all events are written.
    Result<bool> write(std::chrono::nanoseconds time);
    void commit();
    Status end(Result<void> outcome);

    std::filesystem::path path_;
    std::shared_ptr<const Branch> branch_;
    format::Info info_;
    std::uint32_t events_;
    Result<format::Saver> saver_;
    Result<void> outcome_;  // used by the thread while it commits
    bool over_ = false;
    bool committing_ = false;
    Worker worker_;  // last: disks are slow
};

static_assert(Job<Saving>);

}  // namespace loopscope::feed
