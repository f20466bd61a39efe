#pragma once

#include "app/timeline/lane_window.hpp"
#include "app/timeline/tiles.hpp"

namespace loopscope::timeline {

/// Draws the lane at the top: what each cell of the current storage holds, who wrote it, and when. Each cell
/// has a row.
void draw_storage_lane(const Scene& scene, const Layout& layout, const LaneWindow& window, DrawList& out);

/// Draws all printed symbols in the order of printing, each below its moment on the axis; if they are too
/// many, their density.
void draw_output_strip(const Scene& scene, const Layout& layout, const LaneWindow& window, Tiles& tiles,
                       DrawList& out);

/// Draws the whole trace in small, with a frame around the part that is in view.
void draw_minimap(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles,
                  DrawList& out);

/// Returns the tick for an x of the minimap, in pixels.
std::int64_t minimap_tick(const Scene& scene, const Layout& layout, float x);

}  // namespace loopscope::timeline
