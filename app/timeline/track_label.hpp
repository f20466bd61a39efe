// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"
#include "app/timeline/track_tree.hpp"

namespace loopscope::timeline {

/// What a lane of tracks is called.
struct TrackName {
    std::string_view text;  ///< the name in the trace
    std::string tail;       ///< what stands behind it: its number in the trace, or how many share its lanes
};

/// Returns what a lane is called; for a track or a counter without a name, what it is and its number.
TrackName name_of(const trace::Log& log, const trace::Index& index, const TrackLane& lane);

/// Returns the x at which the label of a lane begins, in pixels; the marker of those that can be folded is
/// left of it.
float track_label_left(const Scene& scene, const TrackLane& lane);

/// Draws the labels of all lanes in view, at their left: the marker of those that can be folded, the name and
/// its tail, and of counters how large their values get. The label of a lane whose top is out of view stays
/// in view as long as the lane does.
void draw_track_labels(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out);

}  // namespace loopscope::timeline
