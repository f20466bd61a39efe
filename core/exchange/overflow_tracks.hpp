// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

namespace loopscope::exchange {

/// The further tracks of a thread whose slices do not nest: each slice gets the first track in which it is
/// inside of all that is open there, in O(log n) for n tracks.
class OverflowTracks {
  public:
    /// Returns the track, from 0 up, for a slice that lasts from `begin` to `end`. REQUIRES: no slice before
    /// it began later.
    std::uint32_t place(std::int64_t begin, std::int64_t end);
    /// Returns a track on which a slice is open at a time, or ends then; `none` if there is none. REQUIRES:
    /// as place().
    [[nodiscard]] std::uint32_t open_at(std::int64_t time);

    static constexpr std::uint32_t none = ~0U;

  private:
    struct Ending {
        std::int64_t end = 0;
        std::uint32_t track = 0;
        bool operator>(const Ending& other) const { return end > other.end; }
    };
    void end_before(std::int64_t time);
    void set_room(std::uint32_t track);
    void grow();

    std::vector<std::vector<std::int64_t>> open_;  // of each track: the ends of its open slices
    std::vector<std::int64_t>
        room_;  // a tree: at the leaves until when a slice may last there, above the maxima
    std::uint32_t leaves_ = 0;
    std::priority_queue<Ending, std::vector<Ending>, std::greater<>> endings_;
};

}  // namespace loopscope::exchange
