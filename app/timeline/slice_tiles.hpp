// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>

#include "app/timeline/slice_sums.hpp"
#include "app/timeline/tile_cache.hpp"

namespace loopscope::timeline {

/// What one column of a row of slices merges.
struct SliceCell {
    std::uint32_t begun = 0;   ///< how many slices begin in it
    std::uint32_t open = 0;    ///< in a folded lane: how many are open where it begins
    std::uint32_t last = 0;    ///< the number of the last that begins in it, if any does
    float length = 0;          ///< of that one, in ticks
    std::uint8_t covered = 0;  ///< how much of it slices cover, in parts of 255
    std::uint8_t hue = 0;      ///< that of the slice that covers most of it

    /// Adds the column to the right.
    void add(const SliceCell& other);
    /// Returns what stands in for each half of the column.
    [[nodiscard]] SliceCell half() const;
    friend constexpr bool operator==(const SliceCell&, const SliceCell&) = default;
};

/// A row of slices that is merged into columns.
struct SliceStrip {
    /// The row of the instants of a lane.
    static constexpr std::uint32_t instants = 0xffff'ffffU;
    /// The row of a folded lane.
    static constexpr std::uint32_t folded = 0xffff'fffeU;

    std::uint32_t number = 0;  ///< of the lane in trace::Slices; of a folded lane, its track
    std::uint32_t row = 0;     ///< how deep the slices are; or one of those above

    friend bool operator==(const SliceStrip&, const SliceStrip&) = default;
};

/// The merged columns of rows of slices, as Tiles has those of lanes of tasks.
class SliceTiles {
  public:
    static constexpr int columns = tile_columns;

    /// Returns the level whose columns are one pixel wide or more, and less than two, for a scale in pixels
    /// per tick.
    static int level_at(double scale);

    /// Begins a frame over a trace. `end`: the time at which it ends, in nanoseconds. Forgets the tiles of
    /// any other trace.
    void begin_frame(const trace::Log& log, const trace::Index& index, const TrackTree& tree,
                     std::int64_t end);
    /// Returns the columns of tile `number` of a level, which begins at tick `number << level << 7`. The span
    /// is valid until the next call.
    std::span<const SliceCell, columns> cells(const SliceStrip& strip, int level, std::int64_t number);
    [[nodiscard]] const SliceSums& sums() const { return sums_; }

    /// Returns how many tiles were made since the frame began.
    [[nodiscard]] int made() const { return tiles_.made(); }
    /// Returns whether something is not exact yet; the next frame will be finer.
    [[nodiscard]] bool pending() const { return tiles_.pending() || sums_.pending(); }

  private:
    struct Key {
        std::int64_t number = 0;
        SliceStrip strip;
        int level = 0;
        std::uint32_t foldings = 0;  // of a folded lane
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    using Cells = std::array<SliceCell, columns>;
    /// The first event of each column of a tile, and the first after the last column.
    struct Bounds {
        std::array<EventIndex, columns + 1> events{};
        std::uint32_t size = 0;  // of the index when they were found
        std::uint32_t used = 0;
    };
    /// A column of a tile while it is filled.
    struct Column {
        std::int64_t from;
        std::int64_t to;
    };

    const Bounds& bounds(int level, std::int64_t number);
    void fill(Cells& cells, const Key& key, const trace::SliceRow& row);
    void fill_instants(Cells& cells, const Key& key, const trace::IndexColumn<EventIndex>& instants);
    void fill_folded(Cells& cells, const Key& key, const SliceSum& sum);
    void cover(SliceCell& cell, const Column& column, const trace::SliceRow& row, std::size_t first,
               std::size_t after) const;
    [[nodiscard]] std::int64_t time(EventIndex event) const;
    [[nodiscard]] std::int64_t end_of(const trace::SliceRow& row, std::size_t slice) const;

    const trace::Log* log_ = nullptr;
    const trace::Index* index_ = nullptr;
    const TrackTree* tree_ = nullptr;
    std::int64_t end_ = 0;
    std::uint64_t serial_ = 0;
    SliceSums sums_;
    TileCache<Key, SliceCell, Hash, 16> tiles_;
    std::unordered_map<Key, Bounds, Hash> bounds_;
};

}  // namespace loopscope::timeline
