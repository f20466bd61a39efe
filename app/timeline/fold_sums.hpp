// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "app/timeline/lane_tree.hpp"

namespace loopscope::timeline {

/// The handles and prints of the tasks that one lane shows together, as trace::TaskInfo has those of a task.
struct FoldSum {
    trace::IndexColumn<HandleIndex> steps;
    trace::IndexColumn<PrintIndex> prints;
    trace::IndexColumn<PrintIndex> leaks;
    trace::IndexColumn<PrintIndex> stales;
};

/// What groups, and folded lanes with all that descends from them, ran and printed. So what such a lane draws
/// costs no more than what a task's lane does, however many tasks there are.
///
/// Walks through the handles and the prints of a trace once, a part of them in each frame, and tells for each
/// whose it is. A task that comes to another group takes along what it does from then on; what it did before
/// follows once the trace grows no longer.
class FoldSums {
  public:
    /// The maximum number of handles, and of prints, that a frame looks at: some milliseconds.
    static constexpr std::uint32_t max_counted = 100'000;

    /// Goes on with the walk. Begins anew over another trace, and where lanes were folded or unfolded.
    void update(const LaneTree& tree, const trace::Log& log, const trace::Index& index);
    /// Returns whether something is not counted yet.
    [[nodiscard]] bool pending() const { return pending_; }
    /// Returns how far the walk has come.
    [[nodiscard]] HandleIndex handles() const { return handles_; }
    [[nodiscard]] PrintIndex prints() const { return prints_; }
    /// Returns a number that changes whenever the walk begins anew.
    [[nodiscard]] std::uint32_t walks() const { return walks_; }
    /// Returns the sum of a group, or of a task and all that descends from it. It is empty where none is
    /// kept.
    [[nodiscard]] const FoldSum& of(const LaneKey& lane) const;

    /// Returns a number for a lane: different for a task and for a group.
    [[nodiscard]] static std::uint32_t number_of(const LaneKey& lane) {
        return lane.group ? lane.group.value | group_bit : lane.task.value;
    }

  private:
    static constexpr std::uint32_t group_bit = 1U << 31;

    void begin(const LaneTree& tree, std::uint64_t serial);
    void take_tasks(const LaneTree& tree);
    /// Returns the innermost fold that holds a task, or its own; 0: none. REQUIRES: that of its ancestors is
    /// known.
    [[nodiscard]] std::uint32_t fold_of(const LaneTree& tree, std::uint32_t task) const;
    /// Returns the fold that holds another fold; 0: none.
    [[nodiscard]] std::uint32_t around(const LaneTree& tree, std::uint32_t fold) const;
    template <class Add>
    void add(const LaneTree& tree, TaskId task, const Add& add);

    std::uint64_t serial_ = 0;
    std::uint64_t foldings_ = 0;
    std::uint32_t walks_ = 0;
    std::size_t moved_ = 0;  // moves of tasks that were taken in
    bool is_stale_ = false;  // whether some of what was counted belongs to another group by now
    bool pending_ = false;
    std::uint32_t size_ = 0;  // of the index at the last update
    HandleIndex handles_;
    PrintIndex prints_;
    std::vector<std::uint32_t> folds_{1};  // by task
    std::unordered_map<std::uint32_t, FoldSum> sums_;
};

}  // namespace loopscope::timeline
