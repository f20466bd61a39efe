// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"
#include "app/timeline/slice_tiles.hpp"

namespace loopscope::timeline {

/// Draws the slices of all lanes in view. A slice is a box with its name, in the hue of that name, below the
/// one that it is inside of; slices that are too narrow for a box are merged into the columns of a band. The
/// outermost slice of a resource, which is its life, is a hollow box. A slice that has not ended is open at
/// its right. A folded lane is a band that tells how many slices are open.
void draw_slices(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& tiles,
                 DrawList& out);

}  // namespace loopscope::timeline
