#pragma once

#include <span>

#include "app/timeline/lane_window.hpp"

namespace loopscope::timeline {

/// Draws a task's lane: its label, its steps as blocks, its waits as thin lines, its prints as tiles.
///
/// Dotted: it waits for something. Solid: it is in the ready queue. A tile has the hue of the chain that
/// wrote the value; the mark of a leak, a cut corner and a frame in the lane's own hue, is no colour alone.
/// What falls into one pixel is drawn once, and is a leak if any of it is. `shown` are the tasks whose steps
/// and prints are drawn: the lane's own, or those of a folded family. None: only the label and the line of
/// its life, for the rest is a band.
void draw_lane(const Scene& scene, const Layout& layout, const LaneWindow& window, const Lane& lane,
               float top, std::span<const TaskId> shown, DrawList& out);

/// Draws the lane of what callbacks print that serve no task: its label, and its prints as tiles. Where there
/// are very many prints in view, some of them.
void draw_callback_lane(const Scene& scene, const Layout& layout, const LaneWindow& window, const Lane& lane,
                        float top, DrawList& out);

}  // namespace loopscope::timeline
