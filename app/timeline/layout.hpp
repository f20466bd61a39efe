// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "app/timeline/scene.hpp"

namespace loopscope::timeline {

/// Where the words above the timeline stand that name it and its axes, from the left, in pixels.
struct AxisWords {
    static constexpr std::string_view title_word = "TIMELINE";
    static constexpr std::string_view sequence_word = "sequence";
    static constexpr std::string_view time_word = "time";
    static constexpr float size = 13;  ///< of their letters, in design pixels

    float title = 0;
    float sequence = 0;
    float sequence_end = 0;
    float time = 0;
    float time_end = 0;
    float after = 0;  ///< where what follows them begins

    /// Returns the axis whose word is at x, or less than half a gap beside it; none, elsewhere.
    [[nodiscard]] std::optional<AxisKind> axis_at(float x) const;
};

/// The rectangles of the timeline's parts, in pixels. The timeline's top left is (0, 0).
struct Layout {
    Rect all;
    float gutter = 0;  ///< width of the labels at the left; what follows the axis begins here
    Rect flags;        ///< flags of switches and marks, above everything else
    Rect storage;      ///< the storage lane
    Rect lanes;        ///< the window through which lanes are seen
    Rect output;       ///< the output strip
    Rect minimap;
    float lane_height = 0;
    float content_height = 0;  ///< height of all lanes together

    /// Returns the width of what follows the axis, in pixels; at least 1, however narrow the window is.
    [[nodiscard]] float width() const { return std::max(all.width - gutter - margin, 1.0F); }
    /// Returns the y of the top of a lane, in pixels, when the lanes are scrolled by `scroll` pixels.
    [[nodiscard]] float lane_top(std::size_t index, float scroll) const {
        return lanes.y + static_cast<float>(index) * lane_height - scroll;
    }

    float margin = 0;

    /// Returns the layout of `lanes` lanes in `width` x `height` pixels; `scale` is pixels for a design
    /// pixel. `steady`: lanes come and go, so that their height must not depend on how many there are.
    static Layout create(float width, float height, std::size_t lanes, float scale, bool steady = false);
    /// Returns the layout of the tracks of an imported trace, which are so many `rows` of slices high:
    /// without a storage lane and an output strip, and with lanes that reach to the right edge. lane_height
    /// is that of a row of slices.
    static Layout of_tracks(float width, float height, double rows, float scale);

    /// Returns where the words of the axes stand in the room above the flags.
    [[nodiscard]] static AxisWords axis_words(const Scene& scene);
};

}  // namespace loopscope::timeline
