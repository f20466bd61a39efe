#pragma once

#include "app/timeline/layout.hpp"

namespace loopscope::timeline {

/// What of the lanes and of the axis is in view, and how it is shown there.
struct LaneWindow {
    std::size_t first_lane = 0;  ///< places in LaneTree::lanes: from here …
    std::size_t last_lane = 0;   ///< … up to before this one
    std::uint32_t first_handle = 0;
    std::uint32_t last_handle = 0;  ///< one more than the last that begins in view
    std::uint32_t first_print = 0;  ///< places in Index::prints
    std::uint32_t last_print = 0;   ///< one more than the last
    /// There is more than can be drawn piece by piece: lanes are bands, which show how dense they are.
    bool merged = false;
    /// The side of every print's tile: as large as the lanes, and the distances between prints of one lane in
    /// view, allow. Below `smallest_tile` prints are drawn as bars without their symbols.
    float tile = 0;

    static LaneWindow create(const Scene& scene, const Layout& layout, const LaneTree& tree);

    /// Steps, or prints, in the lanes in view that are still drawn one by one.
    static constexpr std::size_t most_pieces = 1000;
    /// Prints in view among which those of callbacks are looked for.
    static constexpr std::size_t most_callback_prints = 5'000;
    static constexpr float smallest_tile = 9;  ///< in design pixels
};

/// Where a lane's label begins; left of it is what folds it.
float label_left(const Scene& scene, const Lane& lane);

/// Height of a step's block, and of a lane's band.
float block_height(const Scene& scene, const Layout& layout);

}  // namespace loopscope::timeline
