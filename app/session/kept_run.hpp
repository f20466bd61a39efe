#pragma once

#include <memory>
#include <string>

#include "app/session/storage_runs.hpp"

namespace loopscope::session {

/// A run that the user keeps, to compare what is looked at with it: another storage, other parameters, even
/// another program. It stays as it was when it was kept, with the switches made until then.
class KeptRun {
  public:
    /// What one setting, or the storage, or the program, is in the session and in the kept run.
    struct Row {
        std::string name;
        std::string here;
        std::string kept;  ///< empty: it has no such parameter

        [[nodiscard]] bool differs() const { return here != kept; }
    };

    /// Keeps what the session runs. A recording cannot be kept: gives false.
    bool keep(const Session& session);
    /// Has the session run what was kept, and keeps what it ran. Can be taken back. REQUIRES: any().
    void swap(Session& session, Session::TimeBudget budget = Session::unlimited);
    void release() { run_.reset(); }
    [[nodiscard]] bool any() const { return run_ != nullptr; }

    /// Lets the run grow by `events`, and compares what has been printed since. Gives false once there is
    /// nothing to do until the session changes.
    bool update(const Session& session, std::uint32_t events);

    /// REQUIRES: any().
    [[nodiscard]] const Rerun& run() const { return *run_; }
    /// The places of the prints that differ from the session's, as far as both are known.
    [[nodiscard]] const std::vector<std::size_t>& differences() const { return differences_; }
    /// How many places have been compared.
    [[nodiscard]] std::size_t compared() const { return compared_; }
    /// All that is set, the same or not. REQUIRES: any().
    [[nodiscard]] std::vector<Row> rows(const Session& session) const;
    /// What sets the two apart, as their names: "global, interval=0.2". "this run" and "the kept run" if
    /// nothing does. REQUIRES: any().
    [[nodiscard]] std::pair<std::string, std::string> names(const Session& session) const;

  private:
    std::unique_ptr<Rerun> run_;
    feed::Setup setup_;
    std::vector<feed::Switch> switches_;
    std::vector<std::size_t> differences_;
    std::size_t compared_ = 0;
    std::uint64_t trace_ = 0;  // the serial of the session's index that was compared with
};

}  // namespace loopscope::session
