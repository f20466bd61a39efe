// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/draw_list.hpp"
#include "app/timeline/lane_window.hpp"
#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"

namespace loopscope::timeline {

/// Draws the lane at the top: what each cell of the current storage holds, who wrote it, and when. Each cell
/// has a row.
void draw_storage_lane(const Scene& scene, const Layout& layout, const LaneWindow& window, DrawList& out);

}  // namespace loopscope::timeline
