// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "app/timeline/draw_list.hpp"

namespace loopscope::timeline {

/// Returns rectangles, in pixels, outside of which two pictures are equal. They are few, do not overlap, and
/// contain little else than what differs: most frames differ only around the cursor.
std::vector<Rect> changed_parts(const DrawList& now, const DrawList& before);

}  // namespace loopscope::timeline
