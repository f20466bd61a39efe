// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"
#include "app/timeline/track_tree.hpp"

namespace loopscope::timeline {

/// Draws the counters of all lanes in view as steps over time, filled down to zero. Where values are closer
/// than a few pixels, the one that is farthest from zero is seen of those that were looked at.
void draw_counters(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out);

/// Returns the `count` event that a counter's value at a time is of; nothing before the first.
std::optional<EventIndex> count_at(const trace::Log& log, const trace::Index& index, std::uint32_t counter,
                                   std::int64_t time);

}  // namespace loopscope::timeline
