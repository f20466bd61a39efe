// SPDX-License-Identifier: MIT
#pragma once

#include "app/timeline/layout.hpp"
#include "app/timeline/tiles.hpp"

namespace loopscope::timeline {

/// A stretch of the axis and the pixels that it covers on the screen.
struct Projection {
    std::int64_t origin = 0;  ///< the tick at `left`
    double scale = 1;         ///< pixels a tick
    float left = 0;
    float right = 0;

    /// Returns the x of a tick, in pixels.
    [[nodiscard]] float x(std::int64_t tick) const {
        return left + static_cast<float>(static_cast<double>(tick - origin) * scale);
    }
    /// Returns the tick at an x, in pixels.
    [[nodiscard]] std::int64_t tick(float x) const {
        return origin + static_cast<std::int64_t>(std::llround(static_cast<double>(x - left) / scale));
    }
};

/// Returns the stretch of the axis that the lanes show.
Projection projection_of(const Scene& scene, const Layout& layout);

/// Collects rows of merged columns and adds them to a draw list once all of them are known, so that the same
/// density looks the same in each row.
class Bands {
  public:
    /// Collects rows for the visible stretch of a projection. REQUIRES: `scene` and `tiles` outlive the
    /// bands.
    Bands(const Scene& scene, Tiles& tiles, const Projection& projection);

    /// Adds the row of a task, or of the whole output (Tiles::output). `y` and `height` are in pixels.
    /// REQUIRES: both are whole numbers.
    void add(TaskId task, float y, float height);
    /// Adds the row of a lane that shows many tasks together, in a colour. `y` and `height` are in pixels.
    /// REQUIRES: both are whole numbers.
    void add(const LaneKey& fold, Color own, float y, float height);
    /// Draws all rows: adds a band for each to `layer`, and the texels of their columns to `texels`.
    void draw(Layer& layer, std::vector<Texel>& texels) const;

  private:
    struct Row {
        Color own;
        float y = 0;
        float height = 0;
        std::size_t first = 0;  // position in cells_
    };

    /// Adds a row whose tiles `cells_of` returns by their numbers.
    template <class CellsOf>
    void add(Color own, float y, float height, const CellsOf& cells_of);

    /// The opacity of each density, from none to the highest in the picture.
    using Shares = std::array<std::uint8_t, 256>;
    static Shares shares(double minimum, double full);
    [[nodiscard]] Texel texel(const Cell& cell, Color own, float steps, float prints) const;

    const Scene& scene_;
    Tiles& tiles_;
    Projection projection_;
    Axis axis_;
    int level_;
    std::int64_t first_ = 0;  // the first column, counted from tick 0
    std::int64_t last_ = 0;   // one past the last column
    std::vector<Cell> cells_;
    std::vector<Row> rows_;
};

/// Returns what is merged in the row of a lane in the column at `x` pixels. `is_fold`: the lane shows many
/// tasks together.
Cell cell_at(const Scene& scene, Tiles& tiles, const Projection& projection, const LaneKey& lane,
             bool is_fold, float x);

}  // namespace loopscope::timeline
