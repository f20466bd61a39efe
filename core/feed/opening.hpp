#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <stop_token>

#include "core/base/job.hpp"
#include "core/base/worker.hpp"
#include "core/exchange/read_trace.hpp"
#include "core/feed/annotations.hpp"
#include "core/feed/branch.hpp"
#include "core/feed/replay.hpp"
#include "core/format/info.hpp"

namespace loopscope::feed {

/// A trace that was read from a file.
struct Opened {
    std::shared_ptr<trace::Log> log;
    format::Info info;
    std::string name;     ///< of the file, without its folder, or "standard input"
    std::string missing;  ///< what is not there, as a sentence; empty: nothing

    /// What to say to who opens it: what is missing, and the file's note. Empty: nothing.
    [[nodiscard]] std::string notice() const;
};

/// Reads a trace from a path, or from standard input for `-`. What it is, its first bytes say.
Result<Opened> read_trace(const std::filesystem::path& path, const exchange::ReadProgress& progress = {});

class BackgroundIndexer;

/// How a program of ours came to a trace.
struct Recipe {
    Setup setup;
    std::vector<Switch> switches;
};

/// A job: a file, a pipe or standard input on its way into a session, while the session is used: it is read
/// on a thread of its own, and what is in it is learned on another one meanwhile. Where it is of a program of
/// ours, that runs again, a slice at a time: if it gives the same events, it can be forked and extended like
/// any other run; else the file is only shown. Stops, soon, when it is destroyed.
class Opening {
  public:
    /// What to go over to, and what the file says about it.
    struct Arrival {
        std::shared_ptr<Branch> branch;
        std::string notice;
        Annotations annotations;
    };

    explicit Opening(std::filesystem::path path);
    Opening(const Opening&) = delete;
    Opening& operator=(const Opening&) = delete;

    /// Of the file, without its folder, or "standard input".
    [[nodiscard]] const std::string& name() const { return name_; }
    /// Goes on for about `time`. Returns `waiting` while its threads have the work, `ended` once there is
    /// something to take, `failed` if the file cannot be opened, or it was cancelled.
    Status poll(std::chrono::nanoseconds time);
    /// Returns how much of the work is behind it, from 0 to 1.
    [[nodiscard]] double progress() const;
    /// Returns the same as the user is told: as long as nobody knows how much there is, what was read.
    [[nodiscard]] exchange::HowFar how_far() const;
    /// Has it end soon; it fails with an error that says so.
    void cancel();
    /// Returns what came of it. REQUIRES: poll() gave `ended`; once.
    [[nodiscard]] Arrival take() { return std::move(*arrival_); }
    /// Returns why nothing did, as a sentence. REQUIRES: poll() gave `failed`.
    [[nodiscard]] const Error& error() const { return *error_; }

  private:
    void read(const std::filesystem::path& path, const std::stop_token& stop);
    /// Waits until all that is in a recording is known, on the thread.
    void learn(BackgroundIndexer& indexer, const std::stop_token& stop);
    Status fail_with(Error error);
    /// Null: a recording.
    Status arrive(std::shared_ptr<Branch> branch);
    /// Goes on with the program of the file, which runs again.
    Status go_on_with_replay(std::chrono::nanoseconds time);

    std::string name_;
    std::atomic<double> read_{0};
    std::atomic<std::uint64_t> read_bytes_{0};  // as long as nobody knows how many there are
    std::optional<Result<Opened>> opened_;      // the thread's, until it has ended
    std::optional<Recipe> recipe_;              // the same
    Analysis known_;                            // of a recording; the same
    std::optional<Replay> replay_;
    std::optional<Arrival> arrival_;
    std::optional<Error> error_;
    bool cancelled_ = false;
    Worker worker_;  // last: it uses the others
};

static_assert(Job<Opening>);

/// Opens a file and waits until it is there. `progress` is told how far it is and returns false to have it
/// stopped.
Result<Opening::Arrival> open_trace(const std::filesystem::path& path,
                                    const std::function<bool(const exchange::HowFar&)>& progress = {});

}  // namespace loopscope::feed
