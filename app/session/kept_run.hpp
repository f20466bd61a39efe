// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/session/storage_runs.hpp"

namespace loopscope::session {

/// A run that the user keeps to compare the session's run with it: with another storage, other parameters,
/// another schedule, or another program. A run of one of Loopscope's programs stays as it was when it was
/// kept, with the switches made until then, and is completed; any other trace is kept as it is.
class KeptRun {
  public:
    /// The values of one setting, of the storage or of the program in the session and in the kept run.
    struct Row {
        std::string name;
        std::string here;
        std::string kept;  ///< empty: the kept run has no such parameter

        [[nodiscard]] bool differs() const { return here != kept; }
    };

    /// Keeps what the session shows.
    void keep(const Session& session);
    /// Keeps a trace that is no run of Loopscope's programs.
    void keep(std::shared_ptr<feed::Branch> branch);
    /// Has the session run what was kept, and keeps what the session ran. The session can undo that.
    /// REQUIRES: any().
    void swap(Session& session, Session::TimeBudget budget = Session::unlimited);
    void release();
    [[nodiscard]] bool any() const { return run_ || branch_; }

    /// Extends the kept run by `events` events, and compares what has been printed since. Returns false once
    /// there is nothing to do until the session changes.
    bool update(const Session& session, std::uint32_t events);

    /// Returns the kept trace as far as it goes. REQUIRES: any().
    [[nodiscard]] Side side() const;
    /// Returns whether the kept run was ended at its limit. REQUIRES: any().
    [[nodiscard]] bool cut() const { return run_ && run_->cut(); }
    /// Returns the prints that differ from the session's, among those that were compared.
    [[nodiscard]] const std::vector<PrintIndex>& differences() const { return differences_; }
    /// Returns how many prints have been compared.
    [[nodiscard]] std::uint32_t compared() const { return next_.value; }
    /// Returns the program and all that is known of how it was run, whether it differs or not. REQUIRES:
    /// any().
    [[nodiscard]] std::vector<Row> rows(const Session& session) const;
    /// Returns the settings that differ, as names of the session's run and of the kept one: "global,
    /// interval=0.2". Returns "this run" and "the kept run" where no setting differs. REQUIRES: any().
    [[nodiscard]] std::pair<std::string, std::string> names(const Session& session) const;

  private:
    std::unique_ptr<Rerun> run_;            // of Loopscope's programs
    std::shared_ptr<feed::Branch> branch_;  // any other; at most one of the two
    feed::Setup setup_;
    std::vector<feed::Switch> switches_;
    std::vector<PrintIndex> differences_;
    PrintIndex next_;          // the first print that was not compared
    std::uint64_t trace_ = 0;  // the serial of the session's index that the run was compared with
};

}  // namespace loopscope::session
