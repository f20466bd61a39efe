// SPDX-License-Identifier: MIT
#pragma once

#include <array>

#include "app/timeline/draw_list.hpp"

namespace loopscope::timeline {

/// Adds a cubic Bézier curve as straight pieces. `points`: x and y of its four points, in pixels.
void add_curve(Layer& layer, const std::array<float, 8>& points, float width, Color color);

}  // namespace loopscope::timeline
