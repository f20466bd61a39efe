// SPDX-License-Identifier: MIT
#include "app/timeline/slice_tiles.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/timeline/slice_hue.hpp"
#include "core/base/first_not.hpp"

namespace loopscope::timeline {
namespace {

/// The maximum number of slices of a column whose times are looked at.
constexpr std::size_t max_samples = 4;

}  // namespace

void SliceCell::add(const SliceCell& other) {
    if (other.begun > 0) last = other.last, length = other.length;
    if (other.covered > covered) hue = other.hue;
    begun += other.begun;
    const int sum = covered + other.covered;
    covered = static_cast<std::uint8_t>((sum + 1) / 2);
}

SliceCell SliceCell::half() const {
    SliceCell half = *this;
    half.begun = (begun + 1) / 2;
    return half;
}

int SliceTiles::level_at(double scale) {
    return std::clamp(static_cast<int>(std::ceil(-std::log2(scale))), 0, 54);
}

std::size_t SliceTiles::Hash::operator()(const Key& key) const {
    std::uint64_t bits = static_cast<std::uint64_t>(key.number) * 0x9e3779b97f4a7c15U;
    bits ^= (std::uint64_t{key.strip.number} << 32 | key.strip.row) * 0xc2b2ae3d27d4eb4fU;
    bits ^= (std::uint64_t{key.foldings} << 6 | static_cast<std::uint64_t>(key.level)) * 0x165667b19e3779f9U;
    return bits ^ bits >> 29;
}

void SliceTiles::begin_frame(const trace::Log& log, const trace::Index& index, const TrackTree& tree,
                             std::int64_t end) {
    if (serial_ != index.serial()) {
        tiles_.clear();
        bounds_.clear();
    }
    log_ = &log;
    index_ = &index;
    tree_ = &tree;
    end_ = end;
    serial_ = index.serial();
    tiles_.begin_frame();
    tiles_.forget_unused(bounds_);
    sums_.update(tree, log, end);
}

std::int64_t SliceTiles::time(EventIndex event) const {
    return index_->time(*log_, event).count();
}

std::int64_t SliceTiles::end_of(const trace::SliceRow& row, std::size_t slice) const {
    const EventIndex end = row.end(slice);
    return end ? time(end) : end_;
}

const SliceTiles::Bounds& SliceTiles::bounds(int level, std::int64_t number) {
    Bounds& bounds = bounds_[{number, {}, level, 0}];
    bounds.used = tiles_.frame();
    if (bounds.size == index_->size()) return bounds;
    bounds.size = index_->size();
    const std::int64_t first = (number * columns) << level;
    for (std::int64_t each = 0; each <= columns; ++each)
        bounds.events.at(static_cast<std::size_t>(each)) =
            index_->first_at(*log_, Time(first + (each << level)));
    return bounds;
}

std::span<const SliceCell, SliceTiles::columns> SliceTiles::cells(const SliceStrip& strip, int level,
                                                                  std::int64_t number) {
    const bool is_fold = strip.row == SliceStrip::folded;
    const Key key{number, strip, level, is_fold ? static_cast<std::uint32_t>(tree_->foldings()) : 0};
    const std::uint64_t now = std::uint64_t{is_fold ? sums_.counted().value : 0} << 32 | index_->size();
    return tiles_.cells(key, now, [&](Cells& cells) {
        const trace::Slices& slices = index_->slices();
        if (is_fold)
            fill_folded(cells, key, sums_.of(strip.number));
        else if (strip.row == SliceStrip::instants)
            fill_instants(cells, key, slices.lanes()[strip.number].instants);
        else
            fill(cells, key, slices.lanes()[strip.number].rows[strip.row]);
        return now;
    });
}

/// Tells how much of a column the slices from `first` to before `after` cover, and in which hue.
void SliceTiles::cover(SliceCell& cell, const Column& column, const trace::SliceRow& row, std::size_t first,
                       std::size_t after) const {
    const std::size_t count = after - first;
    const std::size_t samples = std::min(count, max_samples);
    std::int64_t most = -1;
    std::size_t longest = first;
    double sum = 0;
    for (std::size_t each = 0; each < samples; ++each) {
        const std::size_t slice = first + each * count / samples;
        const std::int64_t from = std::max(time(row.begin(slice)), column.from);
        const std::int64_t part = std::max<std::int64_t>(std::min(end_of(row, slice), column.to) - from, 0);
        sum += static_cast<double>(part);
        if (part <= most) continue;
        most = part;
        longest = slice;
    }
    cell.hue = hue_of_slice(*log_, *tree_, row.begin(longest));
    sum *= static_cast<double>(count) / static_cast<double>(samples);
    const double share = sum / static_cast<double>(column.to - column.from);
    // What is there is seen, however short it is.
    cell.covered = static_cast<std::uint8_t>(std::clamp(255 * share, 1.0, 255.0));
}

void SliceTiles::fill(Cells& cells, const Key& key, const trace::SliceRow& row) {
    const Bounds& bounds = this->bounds(key.level, key.number);
    std::size_t begun = row.begun_before(bounds.events.front());
    std::int64_t until = begun > 0 ? end_of(row, begun - 1) : 0;  // where the last that has begun ends
    for (std::size_t each = 0; each < columns; ++each) {
        const std::int64_t from = ((key.number * columns) + static_cast<std::int64_t>(each)) << key.level;
        const Column column{from, from + (std::int64_t{1} << key.level)};
        const std::size_t before = begun;
        SliceCell& cell = cells.at(each);
        // Most columns of a row with few slices end where they begin.
        if (bounds.events.at(each) != bounds.events.at(each + 1))
            begun = row.begun_before(bounds.events.at(each + 1), begun);
        const bool goes_on = before > 0 && until > column.from;
        if (begun == before && !goes_on) continue;
        cover(cell, column, row, goes_on ? before - 1 : before, begun);
        if (begun == before) continue;
        cell.begun = static_cast<std::uint32_t>(begun - before);
        cell.last = static_cast<std::uint32_t>(begun - 1);
        until = end_of(row, begun - 1);
        cell.length = static_cast<float>(until - time(row.begin(begun - 1)));
    }
}

void SliceTiles::fill_instants(Cells& cells, const Key& key, const trace::IndexColumn<EventIndex>& instants) {
    const Bounds& bounds = this->bounds(key.level, key.number);
    const auto size = static_cast<std::uint32_t>(instants.size());
    std::uint32_t before = 0;
    for (std::size_t each = 0; each <= columns; ++each) {
        const EventIndex bound = bounds.events.at(each);
        const std::uint32_t rank =
            near_first_not(before, size, [&](std::uint32_t at) { return instants[at] < bound; });
        if (each > 0 && rank > before) {
            SliceCell& cell = cells.at(each - 1);
            cell.begun = rank - before;
            cell.last = rank - 1;
            cell.covered = 255;
            cell.hue = hue_of_slice(*log_, *tree_, instants[rank - 1]);
        }
        before = rank;
    }
}

void SliceTiles::fill_folded(Cells& cells, const Key& key, const SliceSum& sum) {
    const Bounds& bounds = this->bounds(key.level, key.number);
    const auto rank = [](const trace::IndexColumn<EventIndex>& column, std::uint32_t from, EventIndex bound) {
        return near_first_not(from, static_cast<std::uint32_t>(column.size()),
                              [&](std::uint32_t at) { return column[at] < bound; });
    };
    std::uint32_t begun = rank(sum.begins, 0, bounds.events.front());
    std::uint32_t ended = 0;
    for (std::size_t each = 0; each < columns; ++each) {
        SliceCell& cell = cells.at(each);
        ended = rank(sum.ends, ended, bounds.events.at(each));
        cell.open = begun - std::min(ended, begun);
        const std::uint32_t before =
            std::exchange(begun, rank(sum.begins, begun, bounds.events.at(each + 1)));
        cell.begun = begun - before;
    }
}

}  // namespace loopscope::timeline
