#pragma once

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

}  // namespace loopscope::timeline
