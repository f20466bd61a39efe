// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>

#include "app/timeline/axis.hpp"
#include "app/timeline/fold_sums.hpp"
#include "app/timeline/tile_cache.hpp"

namespace loopscope::timeline {

/// The numbers of steps, prints, leaks and stale prints in one column of a lane.
struct Cell {
    std::uint32_t steps = 0;
    std::uint32_t prints = 0;
    std::uint32_t leaks = 0;
    std::uint32_t stales = 0;
    /// The chain_order, modulo 65536, of the chain that wrote what the last print in the column shows; in a
    /// task's lane, the last leak.
    std::uint32_t writer = no_writer;

    static constexpr std::uint32_t no_writer = ~0U;
    /// Adds the counts of another column. The writer becomes that of the other one if it has one.
    void add(const Cell& other) {
        steps += other.steps;
        prints += other.prints;
        leaks += other.leaks;
        stales += other.stales;
        if (other.writer != no_writer) writer = other.writer;
    }
    /// Returns what stands in for each half of the column.
    [[nodiscard]] Cell half() const {
        return {(steps + 1) / 2, (prints + 1) / 2, (leaks + 1) / 2, (stales + 1) / 2, writer};
    }
    friend constexpr bool operator==(const Cell&, const Cell&) = default;
};

/// The merged columns of all lanes. A column is 2^level ticks wide and begins at a multiple of its width, so
/// zooming and panning never change what is merged. A tile has 128 columns and is kept while it may be drawn
/// again.
///
/// A tile is made either from differences of ranks in the index, at a cost that does not depend on how much
/// it merges, or from two tiles of the level below, which is cheaper. A frame makes a limited number of
/// tiles; beyond that, a coarser tile stands in if one was kept.
class Tiles {
  public:
    static constexpr int columns = tile_columns;
    /// The key for the prints of the whole trace, of all tasks together.
    static constexpr TaskId output{};

    /// Returns the level whose columns are between half a pixel and one pixel wide, for a scale in pixels per
    /// tick.
    static int level_at(double scale);

    /// Begins a frame over a trace. Forgets the tiles of any other trace and those that were not used for a
    /// long time.
    void begin_frame(const trace::Log& log, const trace::Index& index);

    /// Returns whether the last frame was over this trace.
    [[nodiscard]] bool knows(const trace::Index& index) const { return serial_ == index.serial(); }

    /// Returns the columns of tile `number` at a level, which begins at tick `number << level << 7`. The span
    /// is valid until the next call.
    std::span<const Cell, columns> cells(const Axis& axis, TaskId task, int level, std::int64_t number);

    /// Returns the columns of a lane that shows many tasks together, with the sums over all of them, as far
    /// as they were counted. The span is valid until the next call.
    std::span<const Cell, columns> cells(const Axis& axis, const LaneKey& fold, int level,
                                         std::int64_t number);
    /// Goes on with counting what lanes show that are of many tasks together. To be called once a frame in
    /// which there are such lanes, after begin_frame().
    void count_folds(const LaneTree& tree);
    /// Returns what such lanes show.
    [[nodiscard]] const FoldSums& folds() const { return folds_; }

    /// Returns how many tiles were made since the frame began.
    [[nodiscard]] int made() const { return tiles_.made(); }
    /// Returns whether some columns are not exact yet, because a coarser tile stands in or the tasks of a
    /// folded lane are still being counted; the next frame will be finer.
    [[nodiscard]] bool pending() const { return tiles_.pending() || folds_pend_; }
    /// Returns how many tiles are kept.
    [[nodiscard]] std::size_t size() const { return tiles_.size(); }

  private:
    struct Key {
        std::int64_t number = 0;
        std::uint32_t task = 0;
        std::uint16_t level = 0;
        AxisKind axis = AxisKind::sequence;
        std::uint32_t walk = 0;  // of a fold: the walk of FoldSums that it was counted in, from 1
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    using Cells = std::array<Cell, columns>;
    /// The first handle and the first print of each column of a tile, and those after the last column.
    struct Bounds {
        std::array<HandleIndex, columns + 1> handles{};
        std::array<PrintIndex, columns + 1> prints{};
        std::uint32_t size = 0;  ///< size of the index when they were found; 0: they never change
        std::uint32_t used = 0;  ///< number of the frame of the last use
        bool made = false;
    };

    /// Returns the columns that are kept for a key, or makes them: `fill` counts what is in them.
    template <class Fill>
    std::span<const Cell, columns> cells(const Axis& axis, const Key& key, const Fill& fill);
    /// Returns how much of what folds show was counted so far.
    [[nodiscard]] std::uint32_t counted() const { return folds_.handles().value + folds_.prints().value; }
    const Bounds& bounds(const Axis& axis, const Key& key);
    /// Counts what a task, or a fold, ran and printed.
    template <class Counted>
    void fill(Cells& cells, const Bounds& bounds, const Counted& counted,
              const trace::IndexColumn<PrintIndex>& stales) const;
    void fill_output(Cells& cells, const Bounds& bounds) const;
    /// Returns Cell::writer for a print: the hue of the task whose value it shows.
    [[nodiscard]] std::uint32_t hue_of_writer(PrintIndex print) const;

    const trace::Log* log_ = nullptr;
    const trace::Index* index_ = nullptr;
    std::uint64_t serial_ = 0;
    FoldSums folds_;
    bool folds_pend_ = false;  // whether this frame shows folds that are not counted to their end
    TileCache<Key, Cell, Hash, 40> tiles_;
    std::unordered_map<Key, Bounds, Hash> bounds_;
};

}  // namespace loopscope::timeline
