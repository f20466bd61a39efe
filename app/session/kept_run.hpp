#pragma once

#include <memory>
#include <string>

#include "app/session/storage_runs.hpp"

namespace loopscope::session {

/// A run that the user keeps to compare the session's run with it: with another storage, other parameters, or
/// another program. It stays as it was when it was kept, with the switches made until then.
class KeptRun {
  public:
    /// The values of one setting, of the storage or of the program in the session and in the kept run.
    struct Row {
        std::string name;
        std::string here;
        std::string kept;  ///< empty: the kept run has no such parameter

        [[nodiscard]] bool differs() const { return here != kept; }
    };

    /// Keeps what the session runs. Returns false if the session shows a recording, which cannot be kept.
    bool keep(const Session& session);
    /// Has the session run what was kept, and keeps what the session ran. The session can undo that.
    /// REQUIRES: any().
    void swap(Session& session, Session::TimeBudget budget = Session::unlimited);
    void release() { run_.reset(); }
    [[nodiscard]] bool any() const { return run_ != nullptr; }

    /// Extends the kept run by `events` events, and compares what has been printed since. Returns false once
    /// there is nothing to do until the session changes.
    bool update(const Session& session, std::uint32_t events);

    /// Returns the kept run. REQUIRES: any().
    [[nodiscard]] const Rerun& run() const { return *run_; }
    /// Returns the prints that differ from the session's, among those that were compared.
    [[nodiscard]] const std::vector<PrintIndex>& differences() const { return differences_; }
    /// Returns how many prints have been compared.
    [[nodiscard]] std::uint32_t compared() const { return next_.value; }
    /// Returns the program, the storage and all settings, whether they differ or not. Empty if the session
    /// shows a recording. REQUIRES: any().
    [[nodiscard]] std::vector<Row> rows(const Session& session) const;
    /// Returns the settings that differ, as names of the session's run and of the kept one: "global,
    /// interval=0.2". Returns "this run" and "the kept run" where no setting differs. REQUIRES: any().
    [[nodiscard]] std::pair<std::string, std::string> names(const Session& session) const;

  private:
    std::unique_ptr<Rerun> run_;
    feed::Setup setup_;
    std::vector<feed::Switch> switches_;
    std::vector<PrintIndex> differences_;
    PrintIndex next_;          // the first print that was not compared
    std::uint64_t trace_ = 0;  // the serial of the session's index that the run was compared with
};

}  // namespace loopscope::session
