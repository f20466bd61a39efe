// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/job.hpp"
#include "core/base/result.hpp"
#include "core/feed/rerun.hpp"
#include "core/feed/setup.hpp"
#include "core/scenario/failure.hpp"
#include "core/scenario/listing.hpp"
#include "core/trace/limits.hpp"
#include "core/trace/log.hpp"

namespace loopscope::feed {

struct ExploredProgram;

/// The limits of what one poll may add to a trace. The poll ends at the limit that is reached first.
struct Budget {
    /// About this much time of the wall clock.
    std::chrono::nanoseconds time = std::chrono::nanoseconds::max();
    /// The maximum number of handles.
    std::uint32_t handles = UINT32_MAX;
    /// The length of the trace, in events, at which the poll ends; the handle under way is completed.
    std::uint32_t length = trace::max_events;
    /// The time on the loop's clock, after which the poll ends with the handle that passed it; none: no
    /// limit.
    std::optional<Time> until = {};
};

/// What a feed can do besides being polled. Where it cannot do something, the error is a sentence that says
/// why not. Changes only for a saved run that turns out to be none that can be run again.
struct Capabilities {
    Result<void> step;    ///< add one handle at a time: what is beyond it has not happened yet
    Result<void> select;  ///< go on with another storage, at the head
    Result<void> fork;    ///< run again, with other switches or parameters; `setup()` says what
    Result<void> stop;    ///< end before its trace does
};

/// The origin of a trace, to be shown. Views are valid as long as the feed.
struct About {
    std::string_view name;                         ///< of the program, or of the file
    std::string_view source_file;                  ///< the name of its source; empty: there is none
    std::string_view twin_file;                    ///< the name of its source in Python; empty: there is none
    const scenario::Listings* listings = nullptr;  ///< the texts; never null
    /// The texts of other files that lines are of, by the number of the file; null: there are none.
    const std::map<std::uint32_t, scenario::Listing>* others = nullptr;
    /// The order of its handles, as explore::text_of writes it, where no setup says it; empty: none was
    /// given.
    std::string_view schedule = {};

    [[nodiscard]] std::string_view source() const { return listings->native.text(); }
    [[nodiscard]] bool has_twin() const { return !twin_file.empty(); }
};

/// The source of a trace, which extends its head: a program of Loopscope's, a file, or a live process. It is
/// all that a session knows of where its trace comes from.
///
/// Used from one thread. Only poll() and select() append to the log, so any thread that has been told its
/// length may read the events up to it.
class Feed {
  public:
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;
    virtual ~Feed() = default;

    /// Extends the trace within the budget, by at least one handle if there is one, and never blocks. Returns
    /// - grew: the trace was extended, and more may follow at once;
    /// - waiting: nothing has come, but something may come later;
    /// - ended: nothing more will come, and all that came is in the trace;
    /// - failed: nothing more will come, because of error(). The trace up to there stays.
    /// Once the feed is over, further polls do nothing and return the same status.
    Status poll(const Budget& budget) {
        if (!over()) status_ = grow(budget);
        return status_;
    }
    /// Returns the status that the last poll returned, or the feed's first one.
    [[nodiscard]] Status status() const { return status_; }
    /// Returns whether the feed has ended or failed: nothing more will come.
    [[nodiscard]] bool over() const { return is_over(status_); }
    /// Returns why the feed failed, as a sentence. REQUIRES: status() is `failed`.
    [[nodiscard]] const Error& error() const { return *error_; }
    /// Returns the loop's clock at the head.
    [[nodiscard]] virtual Time time() const = 0;

    /// Returns what the feed can do besides being polled.
    [[nodiscard]] virtual const Capabilities& can() const = 0;
    /// Has reads of a variable from the head on be answered by a storage; without a variable, reads of all
    /// variables that are switched together. REQUIRES: can().select, select_one() for a variable, and the
    /// feed is not over.
    virtual void select(trace::Storage storage, VariableId variable = {});
    /// Returns whether a storage can be selected for one variable; the error says why not. REQUIRES:
    /// can().select.
    [[nodiscard]] virtual Result<void> select_one() const {
        return fail("the variables of a program of Loopscope's are switched together",
                    Error::Code::unsupported);
    }
    /// Returns a job that runs the same again, with exactly these switches, up to a trace of at least
    /// `length` events. REQUIRES: can().fork.
    [[nodiscard]] virtual std::unique_ptr<Rerun> run_again(const std::vector<Switch>& switches,
                                                           std::uint32_t length) const;
    /// Returns whether what makes the trace stands at its head and goes on at once. Else it has to run again
    /// up to there first: run_again(switches(), log().size()) makes the feed that goes on in this one's
    /// place.
    [[nodiscard]] virtual bool is_running() const { return true; }
    /// Returns whether another process writes the trace. Then it can fork only where no handle runs, and the
    /// fork's trace ends there; and something may come while nobody polls.
    [[nodiscard]] virtual bool is_live() const { return false; }
    /// Returns whether a fork can leave the trace only where no handle runs: a switch in the midst of one
    /// comes after it.
    [[nodiscard]] virtual bool forks_between_handles() const { return is_live(); }
    /// Has a live process stand still until the next poll, and takes what it does by itself, such as to end.
    virtual void rest() {}
    /// Returns whether a poll would find more after one that has returned `waiting`. Costs next to nothing.
    [[nodiscard]] virtual bool has_more() const { return true; }
    /// Ends the feed: nothing more is appended, and polls return `ended`. REQUIRES: can().stop.
    virtual void stop();

    [[nodiscard]] virtual const trace::Log& log() const = 0;
    [[nodiscard]] virtual About about() const = 0;
    /// Returns the setup that the feed runs; null: its trace cannot be run again.
    [[nodiscard]] virtual const Setup* setup() const { return nullptr; }
    /// Returns the Python program whose trace this is, to be run under other schedules; the error says why it
    /// cannot be. A program of Loopscope's is told by setup().
    [[nodiscard]] virtual Result<std::shared_ptr<const ExploredProgram>> explored() const {
        return fail(
            "a recording cannot run under other schedules: `loopscope explore` or `live` runs its program",
            Error::Code::unsupported);
    }
    /// Returns the switches of storage after the start, in order.
    [[nodiscard]] virtual const std::vector<Switch>& switches() const = 0;
    /// Returns the last event before the first handle, at which the user starts.
    [[nodiscard]] virtual EventIndex first_event() const = 0;
    /// Returns the exceptions up to the head that the output does not show; a recording knows of none.
    [[nodiscard]] virtual const scenario::Failures& failures() const = 0;

  protected:
    explicit Feed(Status status) : status_(status) {}

    /// Extends the trace as poll() documents. REQUIRES: the feed is not over.
    virtual Status grow(const Budget& budget) = 0;
    /// Sets the error and returns `failed`, for the end of grow(): `return fail_with(…)`.
    Status fail_with(Error error) {
        error_ = std::move(error);
        return Status::failed;
    }
    /// Ends the feed outside of a poll: nothing more will come.
    void end() { status_ = Status::ended; }

  private:
    Status status_;
    std::optional<Error> error_;
};

/// Returns the last event of a trace before the first handle; of a trace of tracks the first event, where
/// nothing has begun.
EventIndex first_event_of(const trace::Log& log);

}  // namespace loopscope::feed
