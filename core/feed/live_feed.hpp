// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/child_process.hpp"
#include "core/feed/feed.hpp"
#include "core/feed/recording.hpp"
#include "core/intake/gate.hpp"

namespace loopscope::feed {

/// A program that is recorded while somebody steps it: how it is started, and how it can be started again.
struct LiveProgram {
    RecordedProgram about;
    std::vector<std::string> command;      ///< the program that writes the spool, and its arguments
    std::vector<std::string> environment;  ///< what it has beside this process's: NAME=VALUE
    std::filesystem::path folder;          ///< where it writes the spool, as PID.spool
    bool is_virtual = false;               ///< whether its clock is virtual, so that it may do the same again
    /// The same, to be run under other schedules; null: it cannot be.
    std::shared_ptr<const ExploredProgram> explored = {};
};

/// A feed whose trace a live process writes. The process stands before each handle until it is let to run it,
/// and its loop's clock stands with it.
///
/// A poll for one handle lets the process run one. A poll without a limit opens the gate: the process runs
/// freely, until a poll for one handle, select() or rest().
class LiveFeed final : public Feed {
  public:
    /// What becomes of the process when the feed is destroyed.
    enum class End : std::uint8_t {
        goes_on,  ///< it runs freely to its end
        killed,   ///< it was only a second run of the same
    };

    /// Starts a program. Its trace is recorded in the file `target`, if there is one. The second run of a
    /// program reads nothing from standard input. Fails if the program cannot be started or the file cannot
    /// be written.
    static Result<std::shared_ptr<LiveFeed>> start(LiveProgram program,
                                                   const std::optional<std::filesystem::path>& target,
                                                   End end);
    LiveFeed(const LiveFeed&) = delete;
    LiveFeed& operator=(const LiveFeed&) = delete;
    ~LiveFeed() override;

    /// Waits for the first handle, for at most so many milliseconds. Returns `waiting` until the program
    /// stands there, then `grew`, or how the feed is over if it does not come there. Nothing else may be
    /// called before.
    Status begin(int milliseconds);
    /// Lets the program run freely to its end, and takes what comes, for at most so many milliseconds.
    /// Returns whether the program has ended and all is in the trace.
    bool run_to_the_end(int milliseconds);
    /// Writes the file, as Recording::finish. REQUIRES: run_to_the_end() returned true.
    [[nodiscard]] Result<void> finish(const Progress& progress = {}) {
        return recording_->finish(child_.signal(), progress);
    }

    [[nodiscard]] const ChildProcess& process() const { return child_; }
    [[nodiscard]] const Recording& recording() const { return *recording_; }

    [[nodiscard]] Time time() const override { return log().time(log().end_index() - 1); }
    [[nodiscard]] const Capabilities& can() const override { return can_; }
    void select(trace::Storage storage, VariableId variable = {}) override;
    [[nodiscard]] Result<void> select_one() const override { return can_.select; }
    [[nodiscard]] std::unique_ptr<Rerun> run_again(const std::vector<Switch>& switches,
                                                   std::uint32_t length) const override;
    [[nodiscard]] bool is_live() const override { return true; }
    [[nodiscard]] Result<std::shared_ptr<const ExploredProgram>> explored() const override;
    void rest() override;
    [[nodiscard]] bool has_more() const override;
    [[nodiscard]] const trace::Log& log() const override { return recording_->log(); }
    [[nodiscard]] About about() const override;
    [[nodiscard]] const std::vector<Switch>& switches() const override { return switches_; }
    [[nodiscard]] EventIndex first_event() const override { return first_event_; }
    [[nodiscard]] const scenario::Failures& failures() const override { return failures_; }

  protected:
    Status grow(const Budget& budget) override;

  private:
    LiveFeed(LiveProgram program, std::shared_ptr<Recording> recording, ChildProcess child, End end);

    [[nodiscard]] std::filesystem::path spool() const;
    Result<void> open_gate_when_there();
    Result<void> take(const Slice& slice);
    Status give_up(Error error);
    Status end_of_program();
    void let_run(const Budget& budget);
    void hold();
    void set_capabilities();
    void list_sources();

    LiveProgram program_;
    std::shared_ptr<Recording> recording_;  // shared with those who compare another run with it
    ChildProcess child_;
    End end_;
    std::optional<intake::Gate> gate_;
    bool runs_freely_ = false;  // whether a poll has opened the gate
    bool waits_ = false;        // whether a poll wanted more than there was
    EventIndex first_event_;
    std::vector<Switch> switches_;
    std::size_t listed_ = 0;  // files whose texts were looked for
    scenario::Listings listings_;
    std::map<std::uint32_t, scenario::Listing> others_;
    Capabilities can_;
    scenario::Failures failures_;  // none
};

}  // namespace loopscope::feed
