// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/lane_tree.hpp"
#include "app/timeline/layout.hpp"
#include "core/trace/log.hpp"

namespace loopscope::timeline {

/// The tasks that have to be seen at a cursor.
struct Focus {
    TaskId running;  ///< the task whose step is at the cursor, or that is created there; none: a callback
    TaskId writer;   ///< the task that wrote the value that is printed there; none: no such print
};

/// Returns the tasks that have to be seen at a cursor.
Focus focus_at(const trace::Log& log, const trace::Index& index, EventIndex cursor);

/// Has a tree of lanes show the tasks at the scene's cursor, and what lives in the part of the axis that a
/// timeline of `width` pixels shows.
void focus(LaneTree& tree, const Scene& scene, float width);

/// Returns how far lanes are to be scrolled, in pixels, so that a lane is in view; as little as possible away
/// from `scroll`.
float scroll_to(const Layout& layout, std::size_t position, float scroll);

}  // namespace loopscope::timeline
