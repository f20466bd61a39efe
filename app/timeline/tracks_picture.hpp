// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"
#include "app/timeline/slice_tiles.hpp"
#include "app/timeline/timeline.hpp"

namespace loopscope::timeline {

/// Returns the layout of the tracks of a trace in `width` x `height` pixels; `scale` is pixels for a design
/// pixel.
Layout layout_of(const TrackTree& tree, float width, float height, float scale);

/// Draws the whole picture of an imported trace into `out`. `tiles` are kept from frame to frame. REQUIRES:
/// the view is of the time axis.
void draw(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& tiles, DrawList& out);

/// Returns what is at (x, y) in the picture of an imported trace, in pixels: the slice that is open there or
/// the one nearest to it within a few pixels, the nearest instant, or the value that a counter has.
Hit hit(const Scene& scene, const Layout& layout, const TrackTree& tree, float x, float y);

}  // namespace loopscope::timeline
