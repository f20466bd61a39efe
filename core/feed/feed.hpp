#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/job.hpp"
#include "core/base/result.hpp"
#include "core/feed/setup.hpp"
#include "core/scenario/failure.hpp"
#include "core/scenario/listing.hpp"
#include "core/trace/limits.hpp"
#include "core/trace/log.hpp"

namespace loopscope::feed {

/// How much of a trace one poll may add. What is reached first ends it.
struct Budget {
    /// About so much time of the wall clock.
    std::chrono::nanoseconds time = std::chrono::nanoseconds::max();
    /// So many handles.
    std::uint32_t handles = UINT32_MAX;
    /// The handle that makes the trace so long, in events.
    std::uint32_t length = trace::max_events;
    /// The first handle after which the loop's clock has passed this; none: whatever it says.
    std::optional<Time> until = {};
};

/// What can be asked of a feed beside polling it. Where something cannot, the error is a sentence that says
/// why not. The same for as long as the feed lives.
struct Capabilities {
    Result<void> step;    ///< give one handle at a time: what is beyond that has not happened yet
    Result<void> select;  ///< go on with another storage, at the head
    Result<void> fork;    ///< run again, with other switches or parameters; `setup()` says what
    Result<void> stop;    ///< end before its trace does
};

/// What a trace is of, to show it. Views are valid as long as the feed.
struct About {
    std::string_view name;                         ///< of the program, or of the file
    std::string_view source_file;                  ///< what its source is called; empty: there is none
    std::string_view twin_file;                    ///< the same in Python; empty: there is none
    const scenario::Listings* listings = nullptr;  ///< the texts; never null

    [[nodiscard]] std::string_view source() const { return listings->native.text(); }
    [[nodiscard]] bool has_twin() const { return !twin_file.empty(); }
};

/// Extends the head of a trace: a program of ours, a file, a process that lives. All that a session knows of
/// where its trace comes from.
///
/// Belongs to one thread, which makes all calls. Only poll() and select() append to the log, so whoever has
/// seen its length may read so much of it on any thread.
class Feed {
  public:
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;
    virtual ~Feed() = default;

    /// Does what it can within the budget, at least a handle if there is one, and never blocks. Returns
    /// - grew: the trace went on, and may go on at once;
    /// - waiting: nothing has come, but something may, later;
    /// - ended: nothing more will come; what came last is in the trace;
    /// - failed: the same, and why: `error()`. The trace up to there stands.
    /// Once it is over it stays so, and polls do nothing.
    Status poll(const Budget& budget) {
        if (!over()) status_ = grow(budget);
        return status_;
    }
    /// Returns what the last poll came to, or what is known before the first one.
    [[nodiscard]] Status status() const { return status_; }
    /// Returns whether nothing more will come.
    [[nodiscard]] bool over() const { return is_over(status_); }
    /// Returns why it failed, as a sentence. REQUIRES: status() is `failed`.
    [[nodiscard]] const Error& error() const { return *error_; }
    /// Returns the loop's clock at the head.
    [[nodiscard]] virtual Time time() const = 0;

    [[nodiscard]] virtual const Capabilities& can() const = 0;
    /// Has reads be answered by a storage from the head on. REQUIRES: can().select, and it is not over.
    virtual void select(trace::Storage storage);
    /// Has it end: nothing more is appended, and polls give `ended`. REQUIRES: can().stop.
    virtual void stop();

    [[nodiscard]] virtual const trace::Log& log() const = 0;
    [[nodiscard]] virtual About about() const = 0;
    /// Returns what it runs; null: nothing that could be run again.
    [[nodiscard]] virtual const Setup* setup() const { return nullptr; }
    /// Returns the storages that were switched to after the start.
    [[nodiscard]] virtual const std::vector<Switch>& switches() const = 0;
    /// Returns the last event before the first handle: where the user starts.
    [[nodiscard]] virtual std::uint32_t first_event() const = 0;
    /// Returns the exceptions until the head that the output does not tell of; a recording knows of none.
    [[nodiscard]] virtual const scenario::Failures& failures() const = 0;

  protected:
    explicit Feed(Status status) : status_(status) {}

    /// Does what poll() says. REQUIRES: it is not over.
    virtual Status grow(const Budget& budget) = 0;
    /// Notes why it failed: `return fail_with(…)` at the end of grow().
    Status fail_with(Error error) {
        error_ = std::move(error);
        return Status::failed;
    }
    /// Nothing more will come, though no poll has found that out.
    void end() { status_ = Status::ended; }

  private:
    Status status_;
    std::optional<Error> error_;
};

}  // namespace loopscope::feed
