#pragma once

#include "app/timeline/lane_window.hpp"

namespace loopscope::timeline {

/// The line of now, across all lanes.
void draw_playhead(const Scene& scene, const Layout& layout, DrawList& out);

/// What comes after the trace, while somebody is asked about it: veiled, with a question mark.
void draw_riddle(const Scene& scene, const Layout& layout, DrawList& out);

/// From the write to the print that shows it: the print at the cursor, or the last one before it in the same
/// handle; and from the task that woke or cancelled another to that one, at the very event: those of the
/// handle at the cursor. With all arrows also those of the other prints and steps in view, and from each task
/// to those it spawned.
void draw_arrows(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                 DrawList& out);

/// What stands above everything: the words of the axes, how the lanes are sorted, and that they are filtered.
void draw_head(const Scene& scene, const Layout& layout, const LaneTree& tree, DrawList& out);

/// Upright lines of the grid: at round times on the time axis, at iterations on the sequence axis.
void draw_grid(const Scene& scene, const Layout& layout, const LaneWindow& window, DrawList& out);

}  // namespace loopscope::timeline
