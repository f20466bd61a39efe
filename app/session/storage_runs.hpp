// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <memory>

#include "app/session/comparison.hpp"
#include "app/session/session.hpp"

namespace loopscope::session {

/// The runs of a session's program under each storage, beside the session: with the same parameters, from its
/// start, without any switch.
class StorageRuns {
  public:
    /// Follows the session: starts over if its program or a parameter has changed, extends the runs by at
    /// most `events` events in total, and compares what has been printed. Returns false once there is nothing
    /// to do.
    bool update(const Session& session, std::uint32_t events);

    /// Returns whether there are runs: there are none for a recording.
    [[nodiscard]] bool any() const { return runs_.front() != nullptr; }
    /// Returns the run under a storage. REQUIRES: any().
    [[nodiscard]] const Rerun& run(trace::Storage storage) const {
        return *runs_[static_cast<std::size_t>(storage)];
    }
    /// Returns the first print at which a run differs from the session, among those that were compared;
    /// std::nullopt: there is none so far.
    [[nodiscard]] std::optional<PrintIndex> first_difference(trace::Storage storage) const {
        return differences_.at(static_cast<std::size_t>(storage)).found();
    }
    /// Returns whether a print of the session differs from the print with the same number under any storage.
    [[nodiscard]] bool any_differs(const Session& session, PrintIndex print) const;

  private:
    void restart(const feed::Setup& setup);

    std::array<std::unique_ptr<Rerun>, trace::all_storages.size()> runs_;
    std::array<FirstDifference, trace::all_storages.size()> differences_;
    std::uint64_t trace_ = 0;  // the serial of the session's index that the runs were compared with
    const scenario::Program* program_ = nullptr;
    std::vector<scenario::Setting> settings_;
};

/// Returns the session's trace as a side of a comparison.
inline Side side_of(const Session& session) {
    return {session.log(), session.index(), session.over()};
}

}  // namespace loopscope::session
