#pragma once

#include <cstdint>
#include <optional>

#include "app/timeline/layout.hpp"
#include "app/timeline/tiles.hpp"

namespace loopscope::timeline {

/// What is under a point of the timeline.
struct Hit {
    enum class Part : std::uint8_t { nothing, axis_words, lanes, fold, storage, output, minimap };

    Part part = Part::nothing;
    TaskId task;                         ///< whose lane it is
    std::optional<std::uint32_t> event;  ///< the event that a click means
    std::int64_t tick = 0;               ///< the position on the axis
    std::optional<Cell> merged;          ///< what the column of a band has merged
};

/// The whole picture for a scene, as plain data. `tiles` are what is kept from frame to frame.
void draw(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles, DrawList& out);

/// What is at (x, y). On a print's tile: that print; elsewhere in the lanes: the last event of the nearest
/// handle.
Hit hit(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles, float x, float y);

}  // namespace loopscope::timeline
