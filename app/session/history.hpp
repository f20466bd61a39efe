// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/feed/annotations.hpp"
#include "core/feed/branch.hpp"

namespace loopscope::session {

/// All that is needed to return to a state of a session. A program's run is deterministic, so its setup and
/// switches are enough; of any other trace, and of a saved run that is only shown, the branch is kept.
struct HistoryEntry {
    std::shared_ptr<feed::Branch> branch;  ///< null: a program's run
    std::optional<feed::Setup> setup;      ///< of a program's run, as are `switches`
    std::vector<feed::Switch> switches;
    std::uint32_t length = 0;  ///< of the trace, in events
    EventIndex cursor;
    feed::Annotations annotations;
    std::uint64_t run = 0;  ///< Session::run()
};

/// The states of a session that undo and redo return to. Holds a limited number of entries and forgets the
/// oldest ones.
class History {
  public:
    enum class Way : std::uint8_t { undo, redo };

    static constexpr std::size_t default_limit = 1000;
    explicit History(std::size_t limit = default_limit) : limit_(limit) {}

    /// Appends the present state to the undo entries and drops all redo entries.
    void remember(HistoryEntry here);
    /// Returns how many times remember() was called.
    [[nodiscard]] std::uint64_t remembered() const { return remembered_; }
    /// Returns the entry that an undo or redo returns to; null: there is none. Valid until the next change.
    [[nodiscard]] const HistoryEntry* next(Way way) const;
    /// Removes and returns the next entry of an undo or redo; `here` becomes the next entry of the opposite
    /// way. REQUIRES: next(way).
    HistoryEntry take(Way way, HistoryEntry here);

    /// Puts a branch in the place of another one that it goes on from.
    void replace(const std::shared_ptr<feed::Branch>& old, const std::shared_ptr<feed::Branch>& with);

  private:
    std::size_t limit_;
    std::uint64_t remembered_ = 0;
    std::vector<HistoryEntry> past_;
    std::vector<HistoryEntry> undone_;
};

}  // namespace loopscope::session
