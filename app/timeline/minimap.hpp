// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "app/timeline/draw_list.hpp"
#include "app/timeline/lane_tree.hpp"
#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"
#include "app/timeline/slice_sums.hpp"
#include "app/timeline/tiles.hpp"

namespace loopscope::timeline {

/// Draws the whole trace in small, with a frame around the part that is in view. Draws nothing of a still
/// scene.
void draw_minimap(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles,
                  DrawList& out);

/// Draws the whole of an imported trace in small: how many slices are open, and where. Draws nothing
/// of a still scene.
void draw_minimap(const Scene& scene, const Layout& layout, const SliceSums& sums, DrawList& out);

/// Returns the tick for an x of the minimap, in pixels.
std::int64_t minimap_tick(const Scene& scene, const Layout& layout, float x);

/// Returns the x of a tick in the minimap, in pixels.
float minimap_x(const Scene& scene, const Layout& layout, std::int64_t tick);

}  // namespace loopscope::timeline
