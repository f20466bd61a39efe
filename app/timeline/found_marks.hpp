// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/lane_window.hpp"
#include "app/timeline/track_tree.hpp"

namespace loopscope::timeline {

/// Draws what a search has found (Scene::found) in lanes of tasks: a ground behind the prints in view, a
/// frame around the labels of tasks, and a tick for each above the lanes and in the minimap. Of those that
/// share a pixel only one is drawn where there are very many.
void draw_found(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                DrawList& out);

/// Draws what a search has found in tracks: a frame around slices and instants, and the ticks.
void draw_found(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out);

}  // namespace loopscope::timeline
