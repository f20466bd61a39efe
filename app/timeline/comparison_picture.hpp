// SPDX-License-Identifier: MIT
#pragma once

#include "app/session/comparison.hpp"
#include "app/timeline/draw_list.hpp"
#include "app/timeline/theme.hpp"

namespace loopscope::timeline {

/// What a picture of a comparison is drawn from. Refers, owns nothing.
struct ComparisonPicture {
    const session::Comparison& comparison;
    std::string_view program;
    std::string_view one;    ///< the name of the first side
    std::string_view other;  ///< the name of the second side
};

/// Returns a picture of two output strips, the second below the first, in as many rows as they need. Each
/// print has the hue of the chain that wrote the printed value. Where the sides differ, both prints stand on
/// a background of their own with a caret below them, and the first difference has a flag. A sentence about
/// the first difference stands below the strips. `width` and `height` are in pixels.
DrawList draw_comparison(const ComparisonPicture& picture, const Theme& theme, const TextMetrics& text,
                         float width, float height);

}  // namespace loopscope::timeline
