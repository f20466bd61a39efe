// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/lane_tree.hpp"
#include "app/timeline/layout.hpp"

namespace loopscope::timeline {

/// The part of the lanes and of the axis that is in view, and how it is drawn.
struct LaneWindow {
    std::size_t first_lane = 0;  ///< index into LaneTree::lanes of the first lane in view
    std::size_t last_lane = 0;   ///< one past the last lane in view
    HandleIndex first_handle;
    HandleIndex last_handle;  ///< one past the last handle that begins in view
    PrintIndex first_print;   ///< the first print in view
    PrintIndex last_print;    ///< one past the last print in view
    /// Whether lanes are drawn as bands of densities, because too much is in view to be drawn one by one.
    bool merged = false;
    /// The side of a print's tile, in pixels: as large as the height of the lanes and the distances between
    /// the prints of one lane allow. Below `min_tile`, prints are drawn as bars without symbols.
    float tile = 0;

    /// Returns what is in view of the lanes and the axis.
    static LaneWindow create(const Scene& scene, const Layout& layout, const LaneTree& tree);

    /// The maximum number of steps, and of prints, in the lanes in view that are drawn one by one.
    static constexpr std::size_t max_pieces = 1000;
    /// The maximum number of prints in view that are searched for those of callbacks.
    static constexpr std::size_t max_callback_prints = 5'000;
    static constexpr float min_tile = 9;  ///< in design pixels
};

/// Returns the colour of a lane's own: the hue of its task's chain. A group of tasks of several chains has
/// none, so that it is grey.
Color color_of(const Scene& scene, const LaneTree& tree, const LaneKey& lane);

/// Returns the x at which a lane's label begins, in pixels; the fold marker is left of it.
float label_left(const Scene& scene, const Lane& lane);

/// Returns the height of a step's block and of a lane's band, in pixels.
float block_height(const Scene& scene, const Layout& layout);

}  // namespace loopscope::timeline
