#include "app/timeline/tiles.hpp"

#include <algorithm>
#include <cmath>

namespace loopscope::timeline {
namespace {

/// The maximum number of tiles that are kept, of 2.5 KiB each.
constexpr std::size_t max_tiles = 8192;
/// The number of frames after which an unused tile may be forgotten.
constexpr std::uint32_t budget = 120;
/// The maximum number of tiles that a frame makes while coarser ones can stand in: about a millisecond.
constexpr int max_made = 40;

template <class Map>
void forget_unused(Map& map, std::uint32_t frame, std::uint32_t age) {
    std::erase_if(map, [&](const auto& entry) { return frame - entry.second.used > age; });
}

}  // namespace

int Tiles::level_at(double scale) {
    return std::max(0, static_cast<int>(std::floor(-std::log2(scale))));
}

std::size_t Tiles::Hash::operator()(const Key& key) const {
    std::uint64_t bits = static_cast<std::uint64_t>(key.number) * 0x9e3779b97f4a7c15U;
    bits ^= (std::uint64_t{key.task} << 17 | std::uint64_t{key.walk & 0xffU} << 8 |
             std::uint64_t{key.level} << 1 | static_cast<std::uint64_t>(key.axis)) *
            0xc2b2ae3d27d4eb4fU;
    return bits ^ bits >> 29;
}

void Tiles::begin_frame(const trace::Log& log, const trace::Index& index) {
    if (serial_ != index.serial()) {
        tiles_.clear();
        bounds_.clear();
    }
    log_ = &log;
    index_ = &index;
    serial_ = index.serial();
    ++frame_;
    made_ = 0;
    pending_ = false;
    if (tiles_.size() <= max_tiles) return;
    // This is done only above the limit, because it looks at all tiles.
    forget_unused(tiles_, frame_, budget);
    forget_unused(bounds_, frame_, budget);
    if (tiles_.size() > max_tiles) forget_unused(tiles_, frame_, 1);
}

Tiles::Tile* Tiles::find(const Key& key) {
    const auto found = tiles_.find(key);
    if (found == tiles_.end() || !is_right(found->second)) return nullptr;
    const bool is_old = key.walk != 0 && found->second.size != 0 && found->second.counted != counted();
    return is_old ? nullptr : &found->second;
}

bool Tiles::merge(Tile& tile, const Key& key) {
    if (key.level == 0) return false;
    Key half = key;
    --half.level;
    half.number = key.number * 2;
    const Tile* const left = find(half);
    ++half.number;
    const Tile* const right = left ? find(half) : nullptr;
    if (!right) return false;
    for (std::size_t each = 0; each < columns; ++each) {
        const auto& from = each < columns / 2 ? left->cells : right->cells;
        tile.cells.at(each) = from.at(2 * each % columns);
        tile.cells.at(each).add(from.at(2 * each % columns + 1));
    }
    tile.size = std::max(left->size, right->size);
    return true;
}

bool Tiles::stand_in(const Key& key) {
    Key whole = key;
    ++whole.level;
    whole.number = key.number >> 1;
    Tile* const tile = find(whole);
    if (!tile) return false;
    tile->used = frame_;
    const std::size_t first = (key.number & 1) != 0 ? columns / 2 : 0;
    for (std::size_t each = 0; each < columns; ++each) {
        Cell cell = tile->cells.at(first + each / 2);
        cell.steps = (cell.steps + 1) / 2;
        cell.prints = (cell.prints + 1) / 2;
        cell.leaks = (cell.leaks + 1) / 2;
        cell.stales = (cell.stales + 1) / 2;
        stand_in_.at(each) = cell;
    }
    pending_ = true;
    return true;
}

const Tiles::Bounds& Tiles::bounds(const Axis& axis, const Key& key) {
    Bounds& bounds = bounds_[{key.number, 0, key.level, key.axis}];
    bounds.used = frame_;
    if (is_right(bounds)) return bounds;
    bounds.made = true;
    const auto& prints = index_->prints();
    axis.handles_from((key.number * columns) << key.level, std::int64_t{1} << key.level, bounds.handles);
    std::array<EventIndex, columns + 1> events{};
    std::ranges::transform(bounds.handles, events.begin(),
                           [&](HandleIndex handle) { return axis.first_of(handle); });
    index_->print_forest().ranks(
        events, [&](PrintIndex print) { return prints.event(print); }, bounds.prints);
    // Handles begin in order, so nothing can be added to a tile that a handle follows.
    bounds.size = bounds.handles.back() < index_->handles().end_index() ? 0 : index_->size();
    return bounds;
}

template <class Fill>
std::span<const Cell, Tiles::columns> Tiles::cells(const Axis& axis, const Key& key, const Fill& fill) {
    if (Tile* const kept = find(key)) {
        kept->used = frame_;
        return kept->cells;
    }
    if (made_ >= max_made && stand_in(key)) return stand_in_;
    Tile& tile = tiles_[key];
    tile.used = frame_;
    tile.made = true;
    tile.counted = counted();
    if (merge(tile, key)) return tile.cells;
    ++made_;
    const Bounds& bounds = this->bounds(axis, key);
    const bool is_counted = key.walk == 0 || (folds_.handles() >= bounds.handles.back() &&
                                              folds_.prints() >= bounds.prints.back());
    tile.size = is_counted ? bounds.size : index_->size();
    tile.cells = {};
    fill(tile, bounds);
    return tile.cells;
}

std::span<const Cell, Tiles::columns> Tiles::cells(const Axis& axis, TaskId task, int level,
                                                   std::int64_t number) {
    const Key key{number, task.value, static_cast<std::uint16_t>(level), axis.kind()};
    return cells(axis, key, [&](Tile& tile, const Bounds& bounds) {
        if (task == output)
            fill_output(tile, bounds);
        else
            fill(tile, bounds, index_->task(task), index_->stales_of(task));
    });
}

std::span<const Cell, Tiles::columns> Tiles::cells(const Axis& axis, const LaneKey& fold, int level,
                                                   std::int64_t number) {
    const Key key{number, FoldSums::number_of(fold), static_cast<std::uint16_t>(level), axis.kind(),
                  folds_.walks()};
    return cells(axis, key, [&](Tile& tile, const Bounds& bounds) {
        const FoldSum& sum = folds_.of(fold);
        fill(tile, bounds, sum, sum.stales);
    });
}

void Tiles::count_folds(const LaneTree& tree) {
    folds_.update(tree, *log_, *index_);
    pending_ = pending_ || folds_.pending();
}

template <class Counted>
void Tiles::fill(Tile& tile, const Bounds& bounds, const Counted& counted,
                 const trace::IndexColumn<PrintIndex>& stales) const {
    std::array<std::uint32_t, columns + 1> ranks{};
    const auto count = [&]<class Index>(const trace::IndexColumn<Index>& sorted,
                                        const std::array<Index, columns + 1>& bound,
                                        std::uint32_t Cell::*member) {
        if (sorted.empty()) return;
        trace::ranks_of(
            std::span<const Index>(bound), static_cast<std::uint32_t>(sorted.size()),
            [&](std::uint32_t number) { return sorted[number]; }, std::span<std::uint32_t>(ranks));
        for (std::size_t each = 0; each < columns; ++each)
            tile.cells.at(each).*member = ranks.at(each + 1) - ranks.at(each);
    };
    count(counted.steps, bounds.handles, &Cell::steps);
    count(counted.prints, bounds.prints, &Cell::prints);
    count(stales, bounds.prints, &Cell::stales);
    count(counted.leaks, bounds.prints, &Cell::leaks);
    if (counted.leaks.empty()) return;
    for (std::size_t each = 0; each < columns; ++each) {
        if (tile.cells.at(each).leaks > 0)
            tile.cells.at(each).writer = hue_of_writer(counted.leaks[ranks.at(each + 1) - 1]);
    }
}

std::uint32_t Tiles::hue_of_writer(PrintIndex print) const {
    return index_->task(index_->prints().writer_task(print)).chain_order & 0xffffU;
}

void Tiles::fill_output(Tile& tile, const Bounds& bounds) const {
    const auto& prints = index_->prints();
    for (std::size_t each = 0; each < columns; ++each) {
        const PrintIndex from = bounds.prints.at(each);
        const PrintIndex until = bounds.prints.at(each + 1);
        if (from == until) continue;
        Cell& cell = tile.cells.at(each);
        cell.prints = until - from;
        cell.leaks = prints.leaks_before(until) - prints.leaks_before(from);
        cell.stales = prints.stales_before(until) - prints.stales_before(from);
        if (prints.writer_task(until - 1)) cell.writer = hue_of_writer(until - 1);
    }
}

}  // namespace loopscope::timeline
