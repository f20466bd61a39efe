// SPDX-License-Identifier: MIT
#include "app/timeline/bands.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace loopscope::timeline {
namespace {

constexpr std::int64_t columns = Tiles::columns;

/// Returns the number of the tile that holds a column; rounds down for negative columns as well.
std::int64_t tile_of(std::int64_t column) {
    return column >= 0 ? column / columns : -((-column + columns - 1) / columns);
}

/// Returns the count that is drawn as most dense: a power of two, so that it does not change with every move
/// of the view.
float round_most(std::uint32_t maximum) {
    return static_cast<float>(std::bit_ceil(std::max(maximum, 1U)));
}

}  // namespace

Projection projection_of(const Scene& scene, const Layout& layout) {
    return {scene.view.origin, scene.view.scale, layout.gutter, layout.gutter + layout.width()};
}

// The axis has no morph, even while it changes: tiles of a transition would be useless after it.
Bands::Bands(const Scene& scene, Tiles& tiles, const Projection& projection)
    : scene_(scene),
      tiles_(tiles),
      projection_(projection),
      axis_(scene.view.axis, scene.log, scene.index),
      level_(Tiles::level_at(projection.scale)),
      first_(std::max<std::int64_t>(projection.tick(projection.left), 0) >> level_),
      last_((std::min(projection.tick(projection.right), axis_.end()) >> level_) + 1) {
    last_ = std::max(last_, first_);
}

template <class CellsOf>
void Bands::add(Color own, float y, float height, const CellsOf& cells_of) {
    rows_.push_back({own, y, height, cells_.size()});
    for (std::int64_t column = first_; column < last_;) {
        const std::int64_t number = tile_of(column);
        const std::span<const Cell, columns> cells = cells_of(number);
        const std::int64_t end = std::min(last_, (number + 1) * columns);
        cells_.insert(cells_.end(), cells.begin() + (column - number * columns),
                      cells.begin() + (end - number * columns));
        column = end;
    }
}

void Bands::add(TaskId task, float y, float height) {
    const Color own = task == Tiles::output ? scene_.theme.text : scene_.hue(task);
    add(own, y, height, [&](std::int64_t number) { return tiles_.cells(axis_, task, level_, number); });
}

void Bands::add(const LaneKey& fold, Color own, float y, float height) {
    add(own, y, height, [&](std::int64_t number) { return tiles_.cells(axis_, fold, level_, number); });
}

void Bands::draw(Layer& layer, std::vector<Texel>& texels) const {
    std::uint32_t steps = 0;
    std::uint32_t prints = 0;
    for (const Cell& cell : cells_) {
        steps = std::max(steps, cell.steps);
        prints = std::max(prints, cell.prints);
    }
    const float max_steps = 255 / round_most(steps);
    const float max_prints = 255 / round_most(prints);
    const auto count = static_cast<std::size_t>(last_ - first_);
    texels.reserve(texels.size() + cells_.size());
    for (const Row& row : rows_) {
        if (count == 0) break;
        Band band;
        band.column = static_cast<float>(std::ldexp(projection_.scale, level_));
        band.rect = {projection_.x(first_ << level_), row.y, band.column * static_cast<float>(count),
                     row.height};
        band.first = static_cast<std::uint32_t>(texels.size());
        band.count = static_cast<std::uint32_t>(count);
        band.stroke = std::max(std::round(scene_.px(2)), 2.0F);
        band.fades_from = projection_.x(axis_.at(scene_.cursor)) + 1;
        band.clip_left = projection_.left;
        band.clip_right = projection_.right;
        band.leak = row.own;
        layer.bands.push_back(band);
        for (std::size_t each = 0; each < count; ++each)
            texels.push_back(texel(cells_[row.first + each], row.own, max_steps, max_prints));
    }
}

// The square root lets sparse columns stand out; twice as many look denser, but not twice as dense.
Bands::Shares Bands::shares(double minimum, double full) {
    Shares shares{};
    for (std::size_t each = 0; each < shares.size(); ++each)
        shares.at(each) = static_cast<std::uint8_t>(minimum + (full - minimum) *
                                                                  std::sqrt(static_cast<double>(each) / 255));
    return shares;
}

Texel Bands::texel(const Cell& cell, Color own, float steps, float prints) const {
    static const Shares fill_shares = shares(70, 255);
    static const Shares mark_shares = shares(20, Texel::max_density);
    const auto share = [](const Shares& shares, std::uint32_t count, float maximum) {
        return count == 0 ? std::uint8_t{0}
                          : shares.at(static_cast<std::size_t>(static_cast<float>(count) * maximum));
    };
    Texel texel;
    texel.fill = own;
    texel.fill.alpha = share(fill_shares, cell.steps, steps);
    const auto& hues = scene_.theme.hues;
    texel.mark = cell.writer == Cell::no_writer ? own : hues.at(cell.writer % hues.size());
    texel.mark.alpha = share(mark_shares, cell.prints, prints);
    if (cell.leaks == 0 && cell.stales == 0) return texel;
    // A column with a leak has a print, even where coarse ranks put that print into the column beside it.
    texel.mark.alpha = std::max(texel.mark.alpha, mark_shares.front());
    if (cell.leaks > 0) texel.mark.alpha |= Texel::leak;
    if (cell.stales > 0) texel.mark.alpha |= Texel::stale;
    return texel;
}

Cell cell_at(const Scene& scene, Tiles& tiles, const Projection& projection, const LaneKey& lane,
             bool is_fold, float x) {
    const Axis axis(scene.view.axis, scene.log, scene.index);
    const int level = Tiles::level_at(projection.scale);
    const std::int64_t column = projection.tick(x) >> level;
    const std::int64_t number = tile_of(column);
    const auto cells =
        is_fold ? tiles.cells(axis, lane, level, number) : tiles.cells(axis, lane.task, level, number);
    return cells[static_cast<std::size_t>(column - number * columns)];
}

}  // namespace loopscope::timeline
