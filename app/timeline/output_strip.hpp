// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/draw_list.hpp"
#include "app/timeline/lane_window.hpp"
#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"
#include "app/timeline/tiles.hpp"

namespace loopscope::timeline {

/// Draws all printed symbols in the order of printing, each below its moment on the axis; if they are too
/// many, their density.
void draw_output_strip(const Scene& scene, const Layout& layout, const LaneWindow& window, Tiles& tiles,
                       DrawList& out);

}  // namespace loopscope::timeline
