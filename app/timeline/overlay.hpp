// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "app/timeline/draw_list.hpp"
#include "app/timeline/flags.hpp"
#include "app/timeline/lane_tree.hpp"
#include "app/timeline/lane_window.hpp"
#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"

namespace loopscope::timeline {

/// Draws the playhead: the upright line at the cursor, across all lanes. It does not cross the text of a
/// flag.
void draw_playhead(const Scene& scene, const Layout& layout, const std::vector<Flag>& flags, DrawList& out);

/// Draws a veil with a question mark over everything after the trace while Scene::asks holds.
void draw_hidden_output(const Scene& scene, const Layout& layout, DrawList& out);

/// Draws the line above everything: the names of the axes, how the lanes are sorted, and that they are
/// filtered.
void draw_head(const Scene& scene, const Layout& layout, const LaneTree& tree, DrawList& out);

/// Draws the line above the tracks of an imported trace: there is one axis, and only a filter is said.
void draw_head(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out);

/// Draws the upright lines of the grid: at round times on the time axis, at iterations on the sequence axis.
void draw_grid(const Scene& scene, const Layout& layout, const LaneWindow& window, DrawList& out);

}  // namespace loopscope::timeline
