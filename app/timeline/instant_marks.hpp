// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"
#include "app/timeline/slice_tiles.hpp"

namespace loopscope::timeline {

/// Draws the instants of all lanes in view, in a row of their own below the slices: a tick for each, in the
/// hue of its name, and the name where there is room up to the next one. Those that share a column are one.
void draw_instants(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& tiles,
                   DrawList& out);

}  // namespace loopscope::timeline
