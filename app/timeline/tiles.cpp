// SPDX-License-Identifier: MIT
#include "app/timeline/tiles.hpp"

#include <algorithm>
#include <cmath>

namespace loopscope::timeline {

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
    folds_pend_ = false;
    tiles_.begin_frame();
    tiles_.forget_unused(bounds_);
}

const Tiles::Bounds& Tiles::bounds(const Axis& axis, const Key& key) {
    Bounds& bounds = bounds_[{key.number, 0, key.level, key.axis}];
    bounds.used = tiles_.frame();
    if (bounds.made && (bounds.size == 0 || bounds.size == index_->size())) return bounds;
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
    const bool is_fold = key.walk != 0;
    const std::uint64_t now = std::uint64_t{is_fold ? counted() : 0} << 32 | index_->size();
    return tiles_.cells(key, now, [&](Cells& cells) -> std::uint64_t {
        const Bounds& bounds = this->bounds(axis, key);
        fill(cells, bounds);
        const bool is_counted = !is_fold || (folds_.handles() >= bounds.handles.back() &&
                                             folds_.prints() >= bounds.prints.back());
        return is_counted && bounds.size == 0 ? 0 : now;
    });
}

std::span<const Cell, Tiles::columns> Tiles::cells(const Axis& axis, TaskId task, int level,
                                                   std::int64_t number) {
    const Key key{number, task.value, static_cast<std::uint16_t>(level), axis.kind()};
    return cells(axis, key, [&](Cells& cells, const Bounds& bounds) {
        if (task == output)
            fill_output(cells, bounds);
        else
            fill(cells, bounds, index_->task(task), index_->stales_of(task));
    });
}

std::span<const Cell, Tiles::columns> Tiles::cells(const Axis& axis, const LaneKey& fold, int level,
                                                   std::int64_t number) {
    const Key key{number, FoldSums::number_of(fold), static_cast<std::uint16_t>(level), axis.kind(),
                  folds_.walks()};
    return cells(axis, key, [&](Cells& cells, const Bounds& bounds) {
        const FoldSum& sum = folds_.of(fold);
        fill(cells, bounds, sum, sum.stales);
    });
}

void Tiles::count_folds(const LaneTree& tree) {
    folds_.update(tree, *log_, *index_);
    folds_pend_ = folds_.pending();
}

template <class Counted>
void Tiles::fill(Cells& cells, const Bounds& bounds, const Counted& counted,
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
            cells.at(each).*member = ranks.at(each + 1) - ranks.at(each);
    };
    count(counted.steps, bounds.handles, &Cell::steps);
    count(counted.prints, bounds.prints, &Cell::prints);
    count(stales, bounds.prints, &Cell::stales);
    count(counted.leaks, bounds.prints, &Cell::leaks);
    if (counted.leaks.empty()) return;
    for (std::size_t each = 0; each < columns; ++each) {
        if (cells.at(each).leaks > 0)
            cells.at(each).writer = hue_of_writer(counted.leaks[ranks.at(each + 1) - 1]);
    }
}

std::uint32_t Tiles::hue_of_writer(PrintIndex print) const {
    return index_->task(index_->prints().writer_task(print)).chain_order & 0xffffU;
}

void Tiles::fill_output(Cells& cells, const Bounds& bounds) const {
    const auto& prints = index_->prints();
    for (std::size_t each = 0; each < columns; ++each) {
        const PrintIndex from = bounds.prints.at(each);
        const PrintIndex until = bounds.prints.at(each + 1);
        if (from == until) continue;
        Cell& cell = cells.at(each);
        cell.prints = until - from;
        cell.leaks = prints.leaks_before(until) - prints.leaks_before(from);
        cell.stales = prints.stales_before(until) - prints.stales_before(from);
        if (prints.writer_task(until - 1)) cell.writer = hue_of_writer(until - 1);
    }
}

}  // namespace loopscope::timeline
