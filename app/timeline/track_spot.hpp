// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"
#include "app/timeline/track_tree.hpp"

namespace loopscope::timeline {

/// Returns where the slice, instant or value of a counter stands that an event tells of, in pixels of the
/// timeline; what is out of view at the left or right is cut off a little further out. It is as high as a
/// row, even if it is out of view above or below. Returns nothing for other events, and for what no lane
/// shows.
std::optional<Rect> rect_of(const Scene& scene, const Layout& layout, const TrackTree& tree,
                            EventIndex event);

/// Draws an outline around what the event at the cursor tells of, if a lane shows it.
void draw_selection(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out);

}  // namespace loopscope::timeline
