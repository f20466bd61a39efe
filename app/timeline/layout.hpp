#pragma once

#include <vector>

#include "app/timeline/scene.hpp"

namespace loopscope::timeline {

/// A task's lane.
struct Lane {
    TaskId task;
    std::uint32_t depth = 0;
};

/// Tasks in the order of their lanes: each below its parent, siblings in order of creation.
class LaneTree {
  public:
    /// Brings it up to date with the tasks that there are.
    void update(const trace::Index& index);
    [[nodiscard]] const std::vector<Lane>& lanes() const { return lanes_; }

  private:
    std::uint64_t serial_ = 0;  // of the index that lanes_ are from
    std::vector<Lane> lanes_;
};

/// Where everything stands in the timeline's rectangle, whose top left is (0, 0). In pixels.
struct Layout {
    Rect all;
    float gutter = 0;  ///< width of the labels at the left; what follows an axis begins here
    Rect flags;        ///< where flags of switches stand, above everything
    Rect storage;      ///< the storage lane
    Rect lanes;        ///< the window through which lanes are seen
    Rect output;       ///< the output strip
    Rect minimap;
    float lane_height = 0;
    float content_height = 0;  ///< of all lanes together

    /// Width of what follows the axis.
    [[nodiscard]] float width() const { return all.width - gutter - margin; }
    /// The top of a lane, scrolled.
    [[nodiscard]] float lane_top(std::size_t place, float scroll) const {
        return lanes.y + static_cast<float>(place) * lane_height - scroll;
    }

    float margin = 0;

    static Layout create(float width, float height, std::size_t lanes, float scale);
};

}  // namespace loopscope::timeline
