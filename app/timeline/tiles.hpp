#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>

#include "app/timeline/axis.hpp"

namespace loopscope::timeline {

/// What is merged in one column of a lane.
struct Cell {
    std::uint32_t steps = 0;
    std::uint32_t prints = 0;
    std::uint32_t leaks = 0;
    std::uint32_t writer = no_writer;  ///< who wrote what the last print, of a lane: the last leak, in it
                                       ///< shows: chain_order, modulo 65536

    static constexpr std::uint32_t no_writer = ~0U;
    friend constexpr bool operator==(const Cell&, const Cell&) = default;
};

/// Lanes cut into columns: a column is 2^level ticks wide and begins at a multiple of that, so zooming and
/// panning never move what is merged; and 128 columns are a tile, which is kept while it may be seen again.
///
/// A tile is made from differences of ranks in the index, so it costs the same however much is in it, or of
/// two tiles of the level below, which is cheaper. A frame makes a limited number of tiles; where it would
/// need more, a coarser one that was kept stands in.
class Tiles {
  public:
    static constexpr int columns = 128;
    /// A whole trace's prints, for all tasks together.
    static constexpr TaskId output{};

    /// The level whose columns are from half a pixel to one wide at this many pixels a tick.
    static int level_at(double scale);

    /// Begins a frame over this trace: what was kept of another one is forgotten, and what was not used for
    /// long.
    void begin_frame(const trace::Log& log, const trace::Index& index);

    /// Whether the last frame was over this trace.
    [[nodiscard]] bool knows(const trace::Index& index) const { return serial_ == index.serial(); }

    /// The columns of tile `number` at a level: those from tick `number << level << 7` on. Valid until the
    /// next call.
    std::span<const Cell, columns> cells(const Axis& axis, TaskId task, int level, std::int64_t number);

    /// The same for a folded lane: what all of these tasks have in the columns together. Where they are many
    /// it takes some frames until all are counted.
    std::span<const Cell, columns> cells(const Axis& axis, std::span<const TaskId> family, int level,
                                         std::int64_t number);

    /// How many tiles were made since the frame began.
    [[nodiscard]] int made() const { return made_; }
    /// Whether coarser ones stand in for some: the next frame will be finer.
    [[nodiscard]] bool pending() const { return pending_; }
    /// How many tiles are kept.
    [[nodiscard]] std::size_t size() const { return tiles_.size(); }

  private:
    struct Key {
        std::int64_t number = 0;
        std::uint32_t task = 0;
        std::uint16_t level = 0;
        AxisKind axis = AxisKind::sequence;
        bool family = false;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    /// Until when a tile is right, and when it was used.
    struct Stamp {
        std::uint32_t size = 0;  ///< of the index that it was made from; 0: nothing can be added to it
        std::uint32_t used = 0;  ///< the frame
        bool made = false;
    };
    struct Tile : Stamp {
        std::uint32_t counted = 0;  ///< of a family: tasks that are in it
        std::array<Cell, columns> cells{};
    };
    /// Where a tile's columns begin, and the last one ends.
    struct Bounds : Stamp {
        std::array<std::uint32_t, columns + 1> handles{};
        std::array<std::uint32_t, columns + 1> prints{};
    };

    [[nodiscard]] bool is_right(const Stamp& stamp) const {
        return stamp.made && (stamp.size == 0 || stamp.size == index_->size());
    }
    [[nodiscard]] Tile* find(const Key& key);
    /// Makes a tile of the two that it covers. Gives false if they are not there.
    bool merge(Tile& tile, const Key& key);
    /// Takes the columns from the tile that covers it. Gives false if that is not there.
    bool stand_in(const Key& key);
    const Bounds& bounds(const Axis& axis, const Key& key);
    void fill(Tile& tile, const Bounds& bounds, TaskId id) const;
    void fill_output(Tile& tile, const Bounds& bounds) const;
    /// Cell::writer of a print that shows what a task wrote.
    [[nodiscard]] std::uint32_t hue_of_writer(std::uint32_t print) const;

    const trace::Log* log_ = nullptr;
    const trace::Index* index_ = nullptr;
    std::uint64_t serial_ = 0;
    std::uint32_t frame_ = 0;
    int made_ = 0;
    int counted_ = 0;  // tasks of families, in this frame
    bool pending_ = false;
    std::array<Cell, columns> stand_in_{};
    std::unordered_map<Key, Tile, Hash> tiles_;
    std::unordered_map<Key, Bounds, Hash> bounds_;
};

}  // namespace loopscope::timeline
