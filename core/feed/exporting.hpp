// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>

#include "core/base/job.hpp"
#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "core/base/worker.hpp"
#include "core/feed/branch.hpp"

namespace loopscope::feed {

/// A job: writes a file on a thread while the session is used, such as a trace for another tool. Writes the
/// trace as it is when the job is made: of one that may still grow, a copy, which is made a slice at a time.
/// The destructor stops the work soon, and leaves the file as it was.
class Exporting {
  public:
    /// A function that writes the file, on the thread. It calls its progress now and then, and fails if that
    /// stops it. The log is null if no branch was given.
    using Write = std::function<Result<void>(const trace::Log*, const Progress&)>;

    /// Starts to write a file. `branch` is the trace; null: the function needs none.
    Exporting(std::filesystem::path path, std::shared_ptr<const Branch> branch, Write write);
    Exporting(const Exporting&) = delete;
    Exporting& operator=(const Exporting&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Copies for about `time` what has to be copied. Returns `waiting` while the thread works, `ended` once
    /// the file is complete, `failed` if it could not be written or was cancelled.
    Status poll(std::chrono::nanoseconds time);
    /// Returns how much of the trace is written, from 0 to 1.
    [[nodiscard]] double progress() const { return done_.load(std::memory_order_relaxed); }
    /// Has poll() return `failed` soon, with the file as it was; if it is complete, `ended`.
    void cancel();
    /// Returns why the file was not written, as a sentence. REQUIRES: poll() returned `failed`.
    [[nodiscard]] const Error& error() const { return outcome_.error(); }

  private:
    void copy(std::chrono::nanoseconds time);
    void start(std::shared_ptr<const trace::Log> log);

    std::filesystem::path path_;
    std::shared_ptr<const Branch> branch_;
    Write write_;
    std::shared_ptr<trace::Log> copy_;  // null once the thread has it, or if none is needed
    std::uint32_t events_ = 0;
    std::atomic<double> done_{0};
    std::atomic<bool> cancelled_{false};
    Result<void> outcome_;  // used by the thread until it has ended
    bool over_ = false;
    Worker worker_;  // last: it uses the other members
};

static_assert(Job<Exporting>);

}  // namespace loopscope::feed
