#pragma once

#include "app/timeline/lane_tree.hpp"
#include "app/timeline/layout.hpp"

namespace loopscope::timeline {

/// Draws the label at the left of a lane: the fold marker, the hue, the task's name, its thread if there are
/// several, and the symbol of its chain. `middle` is the y of the lane's middle, in pixels.
void draw_lane_label(const Scene& scene, const Layout& layout, const Lane& lane, float middle, DrawList& out);

}  // namespace loopscope::timeline
