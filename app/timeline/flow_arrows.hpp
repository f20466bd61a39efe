// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"
#include "app/timeline/track_tree.hpp"

namespace loopscope::timeline {

/// The maximum number of flows that are drawn: more could not be told apart.
inline constexpr std::size_t max_flows = 120;

/// Draws flows as arrows, from where one leaves a slice to where it comes to the next one: with
/// Arrows::selected those that touch the slice at the cursor, with Arrows::all those that touch a slice in
/// view.
void draw_flows(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out);

/// Returns the touch to which the nearest arrow leads of those that draw_flows() draws; nothing if none is as
/// near to (x, y) as `reach`. All in pixels of the timeline.
std::optional<EventIndex> flow_at(const Scene& scene, const Layout& layout, const TrackTree& tree, float x,
                                  float y, float reach);

}  // namespace loopscope::timeline
