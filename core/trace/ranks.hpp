// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "core/base/first_not.hpp"

namespace loopscope::trace {

/// The minimum number of keys that `ranks` looks at between two bounds, so that a rank is off by an eighth of
/// them at most.
inline constexpr std::uint32_t finest_ranks = 8;

/// Writes ranks as ranks_of does, from the exact ranks `first` and `last` of the first and the last bound.
template <class Key, class Rank, class KeyOf>
void ranks_between(std::span<const Key> bounds, std::uint32_t first, std::uint32_t last, const KeyOf& key_of,
                   std::span<Rank> ranks) {
    const auto grain =
        std::max<std::uint32_t>((last - first) / static_cast<std::uint32_t>(bounds.size()) / finest_ranks, 1);
    const std::uint32_t end = (last - first) / grain;
    std::uint32_t index = 0;
    for (std::size_t each = 0; each < bounds.size(); ++each) {
        index = near_first_not(index, end,
                               [&](std::uint32_t at) { return key_of(first + at * grain) < bounds[each]; });
        ranks[each] = Rank{first + index * grain};
    }
    ranks.front() = Rank{first};
    ranks.back() = Rank{last};
}

/// Writes to `ranks` how many of the sorted keys `key_of(index)`, of which there are `size`, are less than
/// each of the rising bounds: exact for the first and the last bound, and for all where the keys are few.
/// Elsewhere an eighth of the keys between two bounds, at most, may count for a neighbouring stretch. Takes
/// O(bounds), not O(keys). `Key` and `Rank` are plain numbers or a SequenceIndex. REQUIRES: as many ranks as
/// bounds, at least one.
template <class Key, class Rank, class KeyOf>
void ranks_of(std::span<const Key> bounds, std::uint32_t size, const KeyOf& key_of, std::span<Rank> ranks) {
    const std::uint32_t first =
        first_not(0, size, [&](std::uint32_t at) { return key_of(at) < bounds.front(); });
    const std::uint32_t last =
        first_not(first, size, [&](std::uint32_t at) { return key_of(at) < bounds.back(); });
    ranks_between(bounds, first, last, key_of, ranks);
}

}  // namespace loopscope::trace
