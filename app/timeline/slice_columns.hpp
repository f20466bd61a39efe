// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "app/timeline/layout.hpp"
#include "app/timeline/scene.hpp"
#include "app/timeline/slice_tiles.hpp"

namespace loopscope::timeline {

/// The columns of merged slices that are in view.
class SliceColumns {
  public:
    /// `end`: the time at which the trace ends, in nanoseconds.
    SliceColumns(const Scene& scene, const Layout& layout, std::int64_t end);

    /// Returns how many columns are in view.
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(last_ - first_); }
    /// Returns the tick at which the first one begins.
    [[nodiscard]] std::int64_t first_tick() const { return first_ << level_; }
    /// Returns the x at which a column begins, in pixels of the timeline.
    [[nodiscard]] float x(std::size_t column) const;

    /// Calls `visit` with the number of each column, from 0, and its cell.
    template <class Visit>
    void each(SliceTiles& tiles, const SliceStrip& strip, const Visit& visit) const {
        for (std::int64_t column = first_; column < last_;) {
            const std::int64_t tile = column / SliceTiles::columns;
            const auto cells = tiles.cells(strip, level_, tile);
            const std::int64_t end = std::min(last_, (tile + 1) * SliceTiles::columns);
            for (; column < end; ++column)
                visit(static_cast<std::size_t>(column - first_),
                      cells[static_cast<std::size_t>(column - tile * SliceTiles::columns)]);
        }
    }

  private:
    const View& view_;
    float gutter_;
    int level_;
    std::int64_t first_;  // counted from tick 0
    std::int64_t last_;   // one past the last
};

/// A row of columns in a draw list.
class SliceBand {
  public:
    /// Adds a band whose columns are all empty. `rows`: its upper and its lower edge, in pixels; if that is
    /// nothing, nothing is added. REQUIRES: `out` outlives the band.
    SliceBand(const SliceColumns& columns, const Layout& layout, const Rect& rows, DrawList& out);

    /// Sets the colour of a column, and how opaque it is.
    void set(std::size_t column, Color color, std::uint8_t alpha) {
        if (!first_) return;
        color.alpha = alpha;
        out_.texels[*first_ + column].fill = color;
    }
    /// Returns whether it is drawn.
    [[nodiscard]] bool is_drawn() const { return first_.has_value(); }

  private:
    DrawList& out_;
    std::optional<std::size_t> first_;  // its first texel
};

/// Returns how opaque a column is in which so much is open, of the most that any has.
std::uint8_t density_of(std::uint32_t amount, std::uint32_t most);

/// Returns how opaque a column is that slices cover in part, in parts of 255: the shortest slice is seen.
std::uint8_t opacity_of(std::uint8_t covered);

}  // namespace loopscope::timeline
