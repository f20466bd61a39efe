#pragma once

#include "app/timeline/lane_window.hpp"

namespace loopscope::timeline {

/// The line of now, across all lanes.
void draw_playhead(const Scene& scene, const Layout& layout, DrawList& out);

/// A flag across all lanes where the storage was switched: "global → contextvar".
void draw_switches(const Scene& scene, const Layout& layout, DrawList& out);

/// From the print at the cursor, or the last one before it in the same handle, to the write that it shows.
void draw_provenance(const Scene& scene, const Layout& layout, const LaneTree& tree, const LaneWindow& window,
                     DrawList& out);

/// Upright lines of the grid: at round times on the time axis, at iterations on the sequence axis; and the
/// words of the axes.
void draw_grid(const Scene& scene, const Layout& layout, const LaneWindow& window, DrawList& out);

}  // namespace loopscope::timeline
