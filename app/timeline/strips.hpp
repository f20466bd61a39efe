#pragma once

#include "app/timeline/lane_window.hpp"
#include "app/timeline/tiles.hpp"

namespace loopscope::timeline {

/// The lane at the top: what stands in the storage that is read, who wrote it, and when; a row for each cell
/// that there is.
void draw_storage_lane(const Scene& scene, const Layout& layout, const LaneWindow& window, DrawList& out);

/// All symbols in the order in which they were printed, each under its moment; where they are too many, how
/// dense they are.
void draw_output_strip(const Scene& scene, const Layout& layout, const LaneWindow& window, Tiles& tiles,
                       DrawList& out);

/// The whole trace in little, with a frame around what is in view.
void draw_minimap(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles,
                  DrawList& out);

/// The tick that a point of the minimap stands for.
std::int64_t minimap_tick(const Scene& scene, const Layout& layout, float x);

}  // namespace loopscope::timeline
