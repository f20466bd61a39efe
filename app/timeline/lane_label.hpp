#pragma once

#include "app/timeline/layout.hpp"

namespace loopscope::timeline {

/// Draws what stands at the left of a lane: what folds it, its hue, the task's name, its thread where there
/// are several, and its chain's symbol. `middle` is the lane's.
void draw_lane_label(const Scene& scene, const Layout& layout, const Lane& lane, float middle, DrawList& out);

}  // namespace loopscope::timeline
