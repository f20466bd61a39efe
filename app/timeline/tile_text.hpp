// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "app/timeline/draw_list.hpp"

namespace loopscope::timeline {

/// What the tile of a print shows of its text.
struct TileText {
    std::string text;
    float width = 0;  ///< of the tile, in pixels
    float size = 0;   ///< of the letters, in pixels
};

/// Returns what a tile of a height of `side` pixels shows of a printed text: a single character; of a longer
/// text as much of the first line as there is place for in `room` pixels, in letters of at most `max_size`
/// pixels; or, in less than that takes, its first character. Looks at no more of the text than could fit.
TileText tile_text(const TextMetrics& metrics, std::string_view text, float side, float room, float max_size);

}  // namespace loopscope::timeline
