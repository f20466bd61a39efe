// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/draw_list.hpp"
#include "app/timeline/lane_tree.hpp"
#include "app/timeline/lane_window.hpp"
#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"

namespace loopscope::timeline {

/// Draws the arrows that Scene::arrows asks for.
///
/// With Arrows::selected these are: from a write to the print that shows its value, for the print at the
/// cursor or the last one before it in the same handle; and from the task that woke or cancelled another one
/// to that task, at the event itself, for the handle at the cursor. With Arrows::all, the arrows of all other
/// prints and steps in view are added, and those from each task to the tasks that it spawned.
void draw_arrows(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                 DrawList& out);

}  // namespace loopscope::timeline
