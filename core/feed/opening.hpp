// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/base/job.hpp"
#include "core/base/pausing.hpp"
#include "core/base/worker.hpp"
#include "core/exchange/read_trace.hpp"
#include "core/feed/annotations.hpp"
#include "core/feed/beginning.hpp"
#include "core/feed/branch.hpp"
#include "core/feed/replay.hpp"
#include "core/feed/saved_run.hpp"
#include "core/format/info.hpp"

namespace loopscope::feed {

/// A trace that was read from a file.
struct Opened {
    std::shared_ptr<trace::Log> log;
    format::Info info;
    std::string name;                           ///< of the file, without its folder, or "standard input"
    std::string missing;                        ///< what the trace lacks, as a sentence; empty: nothing
    std::vector<exchange::Omission> omissions;  ///< what of another tool's trace was passed over, by kind

    /// Returns what to tell the user who opens the file: what the trace lacks, and the file's note. Empty:
    /// nothing.
    [[nodiscard]] std::string notice() const;
};

/// Reads a trace from a path, or from standard input for `-`. Its first bytes tell its format. Fails if the
/// file cannot be read, or `progress` stopped it.
Result<Opened> read_trace(const std::filesystem::path& path, const exchange::ReadProgress& progress = {});

class BackgroundIndexer;

/// A job: opens a file, a pipe or standard input while the session is used. One thread reads the trace, and
/// another one indexes it meanwhile; where there are no threads, each poll reads some of it. Of a long file,
/// its beginning can be shown before that is done. If a program of Loopscope's made the trace, it can be
/// forked and extended like that of any other run: a short one runs again at once, a slice at a time, and is
/// only shown if it does not make the same events; a long one is a SavedRun. The destructor stops the work
/// soon.
class Opening {
  public:
    /// The branch that was opened, and what the file says about it.
    struct Arrival {
        std::shared_ptr<Branch> branch;
        std::string notice;
        Annotations annotations;
        std::vector<exchange::Omission> omissions;  ///< what was passed over, by kind
    };

    /// The number of events of the longest trace whose program runs again at once: it takes about 50 ms.
    static constexpr std::uint32_t short_run = 1'000'000;

    struct Options {
        /// The number of events of the longest run whose program runs again before it is shown.
        std::uint32_t run_at_once = short_run;
        /// How many events of a long file are read first, as its beginning; nothing: none. Needs threads.
        std::optional<std::uint32_t> beginning = beginning_events;
    };

    /// Starts to open a path, or standard input for `-`.
    explicit Opening(std::filesystem::path path) : Opening(std::move(path), Options()) {}
    Opening(std::filesystem::path path, const Options& options);
    Opening(const Opening&) = delete;
    Opening& operator=(const Opening&) = delete;

    /// Returns the name of the file without its folder, or "standard input".
    [[nodiscard]] const std::string& name() const { return name_; }
    /// Continues for about `time`. Returns `waiting` while the threads work, `ended` once the trace can be
    /// taken, `failed` if the file cannot be opened or opening was cancelled.
    Status poll(std::chrono::nanoseconds time);
    /// Returns the beginning of a long file as a recording, once, as soon as it was read; null: there is
    /// none, or not yet.
    [[nodiscard]] std::shared_ptr<Branch> take_beginning();
    /// Returns how much of the work is done, from 0 to 1.
    [[nodiscard]] double progress() const;
    /// Returns the progress as the user is told: while the total size is unknown, the number of bytes read.
    [[nodiscard]] exchange::HowFar how_far() const;
    /// Stops the work soon; poll() then returns `failed`, with an error that says so.
    void cancel();
    /// Moves out what was opened. REQUIRES: poll() returned `ended`; called once.
    [[nodiscard]] Arrival take() { return std::move(*arrival_); }
    /// Returns why opening failed, as a sentence. REQUIRES: poll() returned `failed`.
    [[nodiscard]] const Error& error() const { return *error_; }

  private:
    Pausing<> read(std::filesystem::path path, std::stop_token stop);
    /// Waits, on the thread, until a trace that does not run again is indexed.
    Pausing<> learn(BackgroundIndexer& indexer, std::stop_token stop);
    Status fail_with(Error error);
    /// Ends with a branch; with the file's events if `branch` is null.
    Status arrive(std::shared_ptr<Branch> branch);
    /// Continues the program of the file, which runs again.
    Status go_on_with_replay(std::chrono::nanoseconds time);

    /// Returns whether the program of the file runs again before the trace is shown.
    [[nodiscard]] bool runs_at_once() const {
        return recipe_ && (*opened_)->log->size() <= options_.run_at_once;
    }

    std::string name_;
    Options options_;
    std::shared_ptr<Branch>
        beginning_;  // used by the thread until has_beginning_ is set, and then by its owner
    std::atomic<bool> has_beginning_{false};
    std::atomic<double> read_{0};
    std::atomic<std::uint64_t> read_bytes_{0};  // while the total is unknown
    std::optional<Result<Opened>> opened_;      // used by the thread until it has ended
    std::optional<Recipe> recipe_;              // used by the thread until it has ended
    Analysis known_;  // of what does not run again; used by the thread until it has ended
    std::optional<Replay> replay_;
    std::optional<Arrival> arrival_;
    std::optional<Error> error_;
    bool cancelled_ = false;
    Worker worker_;  // last: it uses the other members
};

static_assert(Job<Opening>);

/// Waits until a trace that is being opened can be shown: until it was opened, or its beginning can be taken.
/// Calls `progress` with how far it is; stops if it returns false. Returns the beginning; null: the opening
/// is over.
std::shared_ptr<Branch> wait_for_beginning(Opening& opening,
                                           const std::function<bool(const exchange::HowFar&)>& progress = {});

/// Opens a file and waits until that is done. Calls `progress` with how far it is; stops and fails if it
/// returns false.
Result<Opening::Arrival> open_trace(const std::filesystem::path& path,
                                    const std::function<bool(const exchange::HowFar&)>& progress = {});

}  // namespace loopscope::feed
