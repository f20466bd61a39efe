// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "app/timeline/slice_tiles.hpp"
#include "app/timeline/timeline.hpp"

namespace loopscope::timeline {

/// A kind of row that lanes of an imported trace have: slices of one depth, instants, a counter. Knows how
/// all such rows in view are drawn, and what the mouse points at in one. A further kind is one more class, in
/// track_rows().
class TrackRows {
  public:
    TrackRows() = default;
    TrackRows(const TrackRows&) = delete;
    TrackRows& operator=(const TrackRows&) = delete;
    virtual ~TrackRows() = default;

    /// Returns whether a row of a lane, counted from its top, is of this kind.
    [[nodiscard]] virtual bool has(const Scene& scene, const TrackLane& lane, std::uint32_t row) const = 0;
    /// Draws all rows of this kind that are in view.
    virtual void draw(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& tiles,
                      DrawList& out) const = 0;
    /// Fills in what is at x, in pixels, in a row of this kind. REQUIRES: the hit's tick is filled in.
    virtual void hit(const Scene& scene, const Layout& layout, const TrackLane& lane, std::uint32_t row,
                     float x, Hit& result) const = 0;
};

/// Returns all kinds, in the order in which they are drawn.
std::span<const TrackRows* const> track_rows();

}  // namespace loopscope::timeline
