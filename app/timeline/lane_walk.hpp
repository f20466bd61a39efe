// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "app/timeline/lane_tree.hpp"

namespace loopscope::timeline {

/// One walk through a tree of lanes that adds the lanes that are shown, from top to bottom.
class LaneWalk {
  public:
    explicit LaneWalk(LaneTree& tree);

    /// Adds all lanes of tasks and groups.
    void all();
    /// Returns whether the lanes would differ with another window.
    [[nodiscard]] bool needs_window() const { return needs_window_; }

  private:
    /// A task that is still to be visited.
    struct Stop {
        std::uint32_t task = 0;
        std::uint32_t depth = 0;
        bool alone = false;  // whether its next siblings are not to be visited after it
    };

    void visit_all();
    void visit(const Stop& stop);
    void group(LaneGroupId id, std::uint32_t depth);
    void push(const std::vector<std::uint32_t>& tasks, std::uint32_t depth);
    void sort(std::vector<std::uint32_t>& tasks) const;

    LaneTree& tree_;
    std::vector<bool> shown_;  // by task; empty: all are
    bool hides_ = false;       // whether tasks that do not live in the window have no lanes
    bool needs_window_ = false;
    std::vector<Stop> stack_;
};

}  // namespace loopscope::timeline
