#pragma once

#include <array>
#include <memory>

#include "app/session/comparison.hpp"
#include "app/session/session.hpp"

namespace loopscope::session {

/// What a session's program prints under each storage, run beside it: the same program with the same
/// parameters, from its start, without any switch.
class StorageRuns {
  public:
    /// Follows the session: begins anew if its program or a parameter has changed, lets the runs grow by at
    /// most `events` together, and compares what has been printed. Gives false once there is nothing to do.
    bool update(const Session& session, std::uint32_t events);

    /// Whether there are any: not for a recording.
    [[nodiscard]] bool any() const { return runs_.front() != nullptr; }
    /// REQUIRES: any().
    [[nodiscard]] const Rerun& run(trace::Storage storage) const {
        return *runs_[static_cast<std::size_t>(storage)];
    }
    /// Where a run differs from the session first, as far as they were compared.
    [[nodiscard]] std::optional<std::size_t> first_difference(trace::Storage storage) const {
        return differences_.at(static_cast<std::size_t>(storage)).position();
    }
    /// Whether a print of the session differs from the one of the same number under any storage.
    [[nodiscard]] bool any_differs(const Session& session, std::size_t position) const;

  private:
    void restart(const feed::Setup& setup);

    std::array<std::unique_ptr<Rerun>, trace::all_storages.size()> runs_;
    std::array<FirstDifference, trace::all_storages.size()> differences_;
    std::uint64_t trace_ = 0;  // the serial of the session's index that they were compared with
    const scenario::Program* program_ = nullptr;
    std::vector<scenario::Setting> settings_;
};

/// The session's trace as a side of a comparison.
inline Side side_of(const Session& session) {
    return {session.log(), session.index(), session.over()};
}

}  // namespace loopscope::session
