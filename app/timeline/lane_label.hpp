// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/lane_tree.hpp"
#include "app/timeline/layout.hpp"

namespace loopscope::timeline {

/// Returns what the tasks of a group are called: by their coroutine, or "library tasks".
std::string_view group_name(const Scene& scene, const LaneGroup& group);

/// Draws the label at the left of a lane: the fold marker, the hue, the task's name, its thread if there are
/// several, and the symbol of its chain. For a group: what its tasks are called, and how many they are.
/// `middle` is the y of the lane's middle, in pixels.
void draw_lane_label(const Scene& scene, const Layout& layout, const LaneTree& tree, const Lane& lane,
                     float middle, DrawList& out);

/// Draws the marker of a lane that can be folded, in the middle of a point: it points down to the lanes
/// below, or right if they are folded.
void draw_disclosure(const Scene& scene, float x, float y, bool is_folded, Layer& layer);

}  // namespace loopscope::timeline
