#pragma once

#include "app/timeline/lane_window.hpp"

namespace loopscope::timeline {

/// Draws the playhead: the upright line at the cursor, across all lanes.
void draw_playhead(const Scene& scene, const Layout& layout, DrawList& out);

/// Draws a veil with a question mark over everything after the trace while Scene::asks holds.
void draw_riddle(const Scene& scene, const Layout& layout, DrawList& out);

/// Draws the arrows that Scene::arrows asks for.
///
/// With Arrows::selected these are: from a write to the print that shows its value, for the print at the
/// cursor or the last one before it in the same handle; and from the task that woke or cancelled another one
/// to that task, at the event itself, for the handle at the cursor. With Arrows::all, the arrows of all other
/// prints and steps in view are added, and those from each task to the tasks that it spawned.
void draw_arrows(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                 DrawList& out);

/// Draws the line above everything: the names of the axes, how the lanes are sorted, and that they are
/// filtered.
void draw_head(const Scene& scene, const Layout& layout, const LaneTree& tree, DrawList& out);

/// Draws the upright lines of the grid: at round times on the time axis, at iterations on the sequence axis.
void draw_grid(const Scene& scene, const Layout& layout, const LaneWindow& window, DrawList& out);

}  // namespace loopscope::timeline
