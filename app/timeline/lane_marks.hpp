// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "app/timeline/lane_window.hpp"

namespace loopscope::timeline {

/// Draws a task's lane: its label, its steps as blocks, its waits as thin lines, its prints as tiles.
///
/// A dotted line means that the task waits for something, a solid line that it is in the ready queue. A tile
/// has the hue of the chain that wrote the value. A leak is shown by a cut corner and a frame in the lane's
/// own hue, so it is never shown by colour alone; a stale print by a stroke above its tile, in the hue of the
/// chain that it was printed for. Prints that fall into one pixel are drawn once, as a leak if any of them
/// leaks, as stale if any of them is. `top` is the y of the lane, in pixels. `shown` holds the tasks whose
/// steps and prints are drawn: the lane's own task, or those of a folded family or of a group. If it is
/// empty, only the label and the lifeline are drawn, because the rest is drawn as a band.
void draw_lane(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
               const Lane& lane, float top, std::span<const TaskId> shown, DrawList& out);

/// Draws the lane of the prints that callbacks make on behalf of no task: its label, and its prints as tiles.
/// If very many prints are in view, only some of them are drawn. `top` is the y of the lane, in pixels.
void draw_callback_lane(const Scene& scene, const Layout& layout, const LaneTree& tree,
                        const LaneWindow& window, const Lane& lane, float top, DrawList& out);

}  // namespace loopscope::timeline
