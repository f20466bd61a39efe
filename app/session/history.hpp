#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/feed/annotations.hpp"
#include "core/feed/branch.hpp"

namespace loopscope::session {

/// All that is needed to be somewhere again. A program's run is deterministic, so what it runs is enough; of
/// anything else the branch is kept.
struct HistoryEntry {
    std::shared_ptr<feed::Branch> branch;  ///< null: a program's run
    std::optional<feed::Setup> setup;      ///< of a program's run, with the two that follow
    std::vector<feed::Switch> switches;
    std::uint32_t length = 0;  ///< of the trace, in events
    std::uint32_t cursor = 0;
    feed::Annotations annotations;
};

/// Where a session has been, to go back there, and to come again to what was taken back. Remembers so many
/// entries, and forgets the oldest ones.
class History {
  public:
    enum class Way : std::uint8_t { undo, redo };

    static constexpr std::size_t default_limit = 1000;
    explicit History(std::size_t limit = default_limit) : limit_(limit) {}

    /// Remembers where one is, before one goes elsewhere: what was taken back cannot be done again.
    void remember(HistoryEntry here);
    /// Returns how often something was remembered.
    [[nodiscard]] std::uint64_t remembered() const { return remembered_; }
    /// Returns where a way leads; null: nowhere. Valid until the next change.
    [[nodiscard]] const HistoryEntry* next(Way way) const;
    /// Goes that way: the entry is no longer next, and the other way leads to `here`. REQUIRES: next(way).
    HistoryEntry take(Way way, HistoryEntry here);

  private:
    std::size_t limit_;
    std::uint64_t remembered_ = 0;
    std::vector<HistoryEntry> past_;
    std::vector<HistoryEntry> undone_;
};

}  // namespace loopscope::session
