// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>

#include "app/session/session.hpp"
#include "app/timeline/lane_tree.hpp"
#include "app/timeline/layout.hpp"

namespace loopscope::panels {

/// The lane that keys are about, and which lanes are scrolled to.
class LaneSelection {
  public:
    /// Returns the lane that was selected last; none: no lane was.
    [[nodiscard]] const std::optional<timeline::LaneKey>& lane() const { return lane_; }
    void select(const timeline::LaneKey& lane) { lane_ = lane; }
    /// Selects the lane that is so many lanes below the selected one, or else below the one of the task that
    /// runs at the cursor; the first one if there is neither. It is scrolled to.
    void move(int distance, const session::Session& session, const timeline::LaneTree& tree);
    /// Folds or unfolds the selected lane, or the one of many tasks that it belongs to. Returns false if
    /// there is nothing to fold.
    bool fold(timeline::LaneTree& tree);
    /// Keeps the task that runs at the cursor in view, or does so no longer: the user scrolls.
    void follow(bool follows) { follows_ = follows; }
    /// Forgets what another trace, with so many tasks, may not have.
    void forget(std::size_t tasks);
    /// Changes how far the lanes are scrolled, as little as possible, so that the lanes are in view that are
    /// to be seen: of what happens at the cursor, if the cursor has moved, and the one that was selected by a
    /// key.
    void scroll(const timeline::Scene& scene, const timeline::LaneTree& tree, const timeline::Layout& layout,
                float& scroll);

  private:
    std::optional<timeline::LaneKey> lane_;
    std::optional<timeline::LaneKey> wanted_;  // the lane that is to be scrolled to
    EventIndex seen_;                          // the cursor whose task was scrolled to
    bool follows_ = true;
};

}  // namespace loopscope::panels
