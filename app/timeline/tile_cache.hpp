// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>

namespace loopscope::timeline {

/// The number of columns of a tile.
inline constexpr int tile_columns = 128;

/// Tiles of merged columns, kept from frame to frame while they may be drawn again. A column is 2^level ticks
/// wide and begins at a multiple of its width, so zooming and panning never change what is merged; tile
/// `number` of a level begins at tick `number << level << 7`.
///
/// A tile is filled, or made from two tiles of the level below, which is cheaper. A frame makes a limited
/// number of tiles; beyond that, a coarser tile stands in if one was kept.
///
/// `Key` has a `number` and a `level`. `Cell` has `add`, which adds the column to its right, and `half`,
/// which returns what stands in for each half of it.
///
/// `MaxMade` is the maximum number of tiles that a frame fills while coarser ones can stand in: as many as
/// take about a millisecond.
template <class Key, class Cell, class Hash, int MaxMade>
class TileCache {
  public:
    using Cells = std::array<Cell, tile_columns>;

    void clear() { tiles_.clear(); }
    /// Begins a frame. Forgets tiles that were not used for a long time, if there are many.
    void begin_frame() {
        ++frame_;
        made_ = 0;
        pending_ = false;
        if (tiles_.size() <= max_tiles) return;
        // This is done only above the limit, because it looks at all tiles.
        forget(tiles_, max_age);
        if (tiles_.size() > max_tiles) forget(tiles_, 1);
    }
    /// Forgets the elements of another map that were not used for a long time, if there are many. An element
    /// has the number of the frame of its last use as `used`.
    template <class Map>
    void forget_unused(Map& map) const {
        if (map.size() > max_tiles) forget(map, max_age);
    }

    /// Returns the columns of a tile. If they are not kept, `fill(cells)` fills columns that are empty; it
    /// returns until when they are right: as long as `now` is what it returns, or 0 for ever. The span is
    /// valid until the next call.
    template <class Fill>
    std::span<const Cell, tile_columns> cells(const Key& key, std::uint64_t now, const Fill& fill) {
        if (Tile* const kept = find(key, now)) {
            kept->used = frame_;
            return kept->cells;
        }
        if (made_ >= MaxMade && stand_in(key, now)) return stand_in_;
        Tile& tile = tiles_[key];
        tile.used = frame_;
        if (merge(tile, key, now)) return tile.cells;
        ++made_;
        tile.cells = {};
        tile.until = fill(tile.cells);
        return tile.cells;
    }

    /// Returns the number of the frame.
    [[nodiscard]] std::uint32_t frame() const { return frame_; }
    /// Returns how many tiles were filled since the frame began.
    [[nodiscard]] int made() const { return made_; }
    /// Returns whether coarser tiles stood in since the frame began; the next frame will be finer.
    [[nodiscard]] bool pending() const { return pending_; }
    /// Returns how many tiles are kept.
    [[nodiscard]] std::size_t size() const { return tiles_.size(); }

  private:
    /// The maximum number of tiles that are kept, of 2.5 KiB each.
    static constexpr std::size_t max_tiles = 8192;
    /// The number of frames after which an unused tile may be forgotten.
    static constexpr std::uint32_t max_age = 120;

    struct Tile {
        Cells cells{};
        std::uint64_t until = 0;
        std::uint32_t used = 0;
    };

    template <class Map>
    void forget(Map& map, std::uint32_t age) const {
        std::erase_if(map, [&](const auto& entry) { return frame_ - entry.second.used > age; });
    }
    [[nodiscard]] Tile* find(const Key& key, std::uint64_t now) {
        const auto found = tiles_.find(key);
        if (found == tiles_.end()) return nullptr;
        return found->second.until == 0 || found->second.until == now ? &found->second : nullptr;
    }
    /// Fills a tile from the two tiles of the level below that it covers. Returns false if they are not kept.
    bool merge(Tile& tile, const Key& key, std::uint64_t now) {
        if (key.level == 0) return false;
        Key half = key;
        --half.level;
        half.number = key.number * 2;
        const Tile* const left = find(half, now);
        ++half.number;
        const Tile* const right = left ? find(half, now) : nullptr;
        if (!right) return false;
        for (std::size_t each = 0; each < tile_columns; ++each) {
            const Cells& from = each < tile_columns / 2 ? left->cells : right->cells;
            tile.cells.at(each) = from.at(2 * each % tile_columns);
            tile.cells.at(each).add(from.at(2 * each % tile_columns + 1));
        }
        tile.until = std::max(left->until, right->until);
        return true;
    }
    /// Takes the columns from the tile of the level above. Returns false if that is not kept.
    bool stand_in(const Key& key, std::uint64_t now) {
        Key whole = key;
        ++whole.level;
        whole.number = key.number >> 1;
        Tile* const tile = find(whole, now);
        if (!tile) return false;
        tile->used = frame_;
        const std::size_t first = (key.number & 1) != 0 ? tile_columns / 2 : 0;
        for (std::size_t each = 0; each < tile_columns; ++each)
            stand_in_.at(each) = tile->cells.at(first + each / 2).half();
        pending_ = true;
        return true;
    }

    std::uint32_t frame_ = 0;
    int made_ = 0;
    bool pending_ = false;
    Cells stand_in_{};
    std::unordered_map<Key, Tile, Hash> tiles_;
};

}  // namespace loopscope::timeline
