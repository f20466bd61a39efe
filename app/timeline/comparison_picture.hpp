#pragma once

#include "app/session/comparison.hpp"
#include "app/timeline/draw_list.hpp"
#include "app/timeline/theme.hpp"

namespace loopscope::timeline {

/// What a picture of a comparison shows. Refers, owns nothing.
struct ComparisonPicture {
    const session::Comparison& comparison;
    std::string_view program;
    std::string_view one;    ///< what the first side is called
    std::string_view other;  ///< and the second
};

/// Two output strips, the second below the first, in as many rows as they need: each print in the hue of the
/// chain that wrote it; where they differ, both prints stand on a ground of their own with a caret below
/// them, and the first difference has a flag. Below the strips a sentence tells about that. Width and height
/// are in pixels.
DrawList draw_comparison(const ComparisonPicture& picture, const Theme& theme, const TextMetrics& text,
                         float width, float height);

}  // namespace loopscope::timeline
