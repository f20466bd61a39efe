#include "app/timeline/tiles.hpp"

#include <algorithm>
#include <cmath>

namespace loopscope::timeline {
namespace {

/// Tiles that are kept: 2 KiB each.
constexpr std::size_t most_tiles = 8192;
/// Frames after which a tile that nobody used may go.
constexpr std::uint32_t patience = 120;

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
    bits ^= (std::uint64_t{key.task} << 16 | std::uint64_t{key.level} << 1 |
             static_cast<std::uint64_t>(key.axis)) *
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
    if (tiles_.size() <= most_tiles) return;
    forget_unused(tiles_, frame_, patience);
    forget_unused(bounds_, frame_, patience);
    if (tiles_.size() > most_tiles) forget_unused(tiles_, frame_, 1);
}

bool Tiles::renew(Stamp& stamp) const {
    const bool again = !stamp.made || (stamp.size != 0 && stamp.size != index_->size());
    stamp.used = frame_;
    stamp.made = true;
    return again;
}

const Tiles::Bounds& Tiles::bounds(const Axis& axis, const Key& key) {
    Bounds& bounds = bounds_[{key.number, 0, key.level, key.axis}];
    if (!renew(bounds)) return bounds;
    const auto& handles = index_->handles();
    const auto& prints = index_->prints();
    const std::int64_t first = key.number * columns;
    for (std::int64_t each = 0; each <= columns; ++each) {
        const auto place = static_cast<std::size_t>(each);
        const std::uint32_t handle = axis.handles_before((first + each) << key.level);
        bounds.handles.at(place) = handle;
        const std::uint32_t event = handle < handles.size() ? handles[handle].first : index_->size();
        bounds.prints.at(place) =
            index_->print_forest().rank(event, [&](std::uint32_t print) { return prints[print].event; });
    }
    // Where a handle follows, nothing can be added any more: handles begin in order.
    bounds.size = bounds.handles.back() < handles.size() ? 0 : index_->size();
    return bounds;
}

std::span<const Cell, Tiles::columns> Tiles::cells(const Axis& axis, TaskId task, int level,
                                                   std::int64_t number) {
    const Key key{number, task.value, static_cast<std::uint16_t>(level), axis.kind()};
    Tile& tile = tiles_[key];
    if (renew(tile)) {
        ++made_;
        const Bounds& bounds = this->bounds(axis, key);
        tile.size = bounds.size;
        tile.cells = {};
        if (task == output) {
            fill_output(tile, bounds);
        } else {
            fill(tile, bounds, task);
        }
    }
    return tile.cells;
}

// What a lane has few of is looked through; what it has many of is found by its forests.
void Tiles::fill(Tile& tile, const Bounds& bounds, TaskId id) const {
    const trace::TaskInfo& task = index_->task(id);
    std::array<std::uint32_t, columns + 1> ranks{};
    const auto count = [&](const auto& bound, const trace::KeyForest* forest, const auto& key_of,
                           std::uint32_t size, std::uint32_t Cell::*member) {
        if (forest) {
            forest->ranks(bound, key_of, ranks);
        } else {
            std::uint32_t place = 0;
            for (std::size_t each = 0; each <= columns; ++each) {
                while (place < size && key_of(place) < bound.at(each)) ++place;
                ranks.at(each) = place;
            }
        }
        for (std::size_t each = 0; each < columns; ++each)
            tile.cells.at(each).*member = ranks.at(each + 1) - ranks.at(each);
    };
    const trace::TaskForests* const forests = task.forests.get();
    count(
        bounds.handles, forests ? &forests->steps : nullptr,
        [&](std::uint32_t place) { return task.steps[place].handle; },
        static_cast<std::uint32_t>(task.steps.size()), &Cell::steps);
    if (task.prints.empty()) return;
    count(
        bounds.prints, forests ? &forests->prints : nullptr,
        [&](std::uint32_t place) { return task.prints[place]; },
        static_cast<std::uint32_t>(task.prints.size()), &Cell::prints);
    fill_leaks(tile, bounds, task);
}

void Tiles::fill_leaks(Tile& tile, const Bounds& bounds, const trace::TaskInfo& task) const {
    if (!task.forests) {
        for (const std::uint32_t place : task.prints) {
            const trace::PrintInfo& print = index_->prints()[place];
            const auto after = std::ranges::upper_bound(bounds.prints, place) - bounds.prints.begin();
            if (!print.leak || after < 1 || after > columns) continue;
            Cell& cell = tile.cells.at(static_cast<std::size_t>(after - 1));
            ++cell.leaks;
            cell.writer = index_->task(print.writer_task).chain_order & 0xffffU;
        }
        return;
    }
    const auto& leaking = task.forests->leaking;
    if (leaking.empty()) return;
    std::array<std::uint32_t, columns + 1> ranks{};
    task.forests->leaks.ranks(
        bounds.prints, [&](std::uint32_t place) { return leaking[place]; }, ranks);
    for (std::size_t each = 0; each < columns; ++each) {
        Cell& cell = tile.cells.at(each);
        cell.leaks = ranks.at(each + 1) - ranks.at(each);
        if (cell.leaks > 0) cell.writer = task.forests->writers[ranks.at(each + 1) - 1];
    }
}

void Tiles::fill_output(Tile& tile, const Bounds& bounds) const {
    const auto& prints = index_->prints();
    const auto leaks_before = [&](std::uint32_t place) { return place == 0 ? 0 : prints[place - 1].leaks; };
    for (std::size_t each = 0; each < columns; ++each) {
        const std::uint32_t from = bounds.prints.at(each);
        const std::uint32_t until = bounds.prints.at(each + 1);
        if (from == until) continue;
        Cell& cell = tile.cells.at(each);
        cell.prints = until - from;
        cell.leaks = leaks_before(until) - leaks_before(from);
        const TaskId writer = prints[until - 1].writer_task;
        if (writer) cell.writer = index_->task(writer).chain_order & 0xffffU;
    }
}

}  // namespace loopscope::timeline
