#pragma once

#include "app/timeline/layout.hpp"

namespace loopscope::timeline {

/// Draws a task's lane: its label, its steps as blocks, its waits as thin lines, its prints as tiles.
///
/// Dotted: it waits for something. Solid: it is in the ready queue. A tile has the hue of the chain that
/// wrote the value; the mark of a leak, a cut corner and a frame in the lane's own hue, is no colour alone.
/// Work depends on the pixels, not on the events: what falls into one pixel is drawn once, and is a leak if
/// any of it is.
void draw_lane(const Scene& scene, const Layout& layout, const Lane& lane, float top, DrawList& out);

/// The side of every print's tile: as large as the lanes, and the distances between prints of one lane in
/// view, allow. Below `smallest_tile` prints are drawn as bars without their symbols.
float tile_size(const Scene& scene, const Layout& layout);
inline constexpr float smallest_tile = 9;

}  // namespace loopscope::timeline
