// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/first_not.hpp"
#include "core/base/id.hpp"
#include "core/trace/ranks.hpp"

namespace loopscope::trace {

/// Finds where keys stand in a sorted sequence of them that grows at its end, such as the first events of
/// handles among the handles. `Key` and `Rank` are kinds of SequenceIndex: a rank is the index of the first
/// element whose key is not less than a bound, so it says how many keys are less.
///
/// An implicit forest: a level has every 16th key of the level below, so nothing is ever rebuilt, and there
/// is a level as fine as a picture needs. The number of keys between two bounds is the difference of their
/// ranks. The keys themselves stay with their owner, who passes them in as `key_of(rank)`; the forest keeps
/// only every 256th.
template <class Key, class Rank>
class KeyForest {
  public:
    /// The distance between neighbouring keys of a level, counted in keys of the level below.
    static constexpr std::uint32_t branching = 16;

    /// Appends a key. REQUIRES: the key is not less than the last one.
    void add(Key key) {
        if (size_ % distance_on(0) == 0) add_above(key);
        ++size_;
    }
    /// Returns how many keys there are.
    [[nodiscard]] std::uint32_t size() const { return size_; }

    /// Returns how many keys are less than `bound`.
    template <class KeyOf>
    [[nodiscard]] Rank rank(Key bound, const KeyOf& key_of) const {
        const std::uint32_t distance = distance_on(0);
        const std::uint32_t above = rank_above(bound);
        const std::uint32_t end = above < size_ / distance ? above * distance : size_;
        const std::uint32_t begin = above == 0 ? 0 : (above - 1) * distance + 1;
        return {first_not(begin, end, [&](std::uint32_t index) { return key_of(Rank{index}) < bound; })};
    }

    /// Writes to `ranks` how many keys are less than each of the rising bounds, as precisely as ranks_of
    /// does. REQUIRES: as many ranks as bounds, at least one.
    template <class KeyOf>
    void ranks(std::span<const Key> bounds, const KeyOf& key_of, std::span<Rank> ranks) const {
        const std::uint32_t first = rank(bounds.front(), key_of).value;
        const std::uint32_t last = rank(bounds.back(), key_of).value;
        const std::size_t level = level_for((last - first) / bounds.size());
        if (level == 0)
            return ranks_between(
                bounds, first, last, [&](std::uint32_t index) { return key_of(Rank{index}); }, ranks);
        const std::vector<Key>& keys = above_[level - 1];
        const std::uint32_t distance = distance_on(level - 1);
        std::uint32_t index = first / distance;
        const std::uint32_t end = std::min(last / distance + 1, static_cast<std::uint32_t>(keys.size()));
        for (std::size_t each = 0; each < bounds.size(); ++each) {
            index = near_first_not(index, end, [&](std::uint32_t at) { return keys[at] < bounds[each]; });
            ranks[each] = Rank{std::clamp(index * distance, first, last)};
        }
        ranks.front() = Rank{first};
        ranks.back() = Rank{last};
    }

    /// Returns how much memory the forest takes beside the keys, in bytes.
    [[nodiscard]] std::size_t bytes() const;

  private:
    /// Appends a key to the levels that it is on. REQUIRES: the key is on the lowest level that is kept.
    void add_above(Key key);
    /// Returns how many keys of the lowest level that is kept are less than `bound`.
    [[nodiscard]] std::uint32_t rank_above(Key bound) const;
    /// Returns the level to search where this many keys are between two bounds; 0: the keys themselves.
    [[nodiscard]] std::size_t level_for(std::size_t keys) const;
    /// Returns the distance between neighbouring keys of above_[level], counted in keys.
    static std::uint32_t distance_on(std::size_t level) {
        std::uint32_t distance = branching * branching;
        for (std::size_t each = 0; each < level; ++each) distance *= branching;
        return distance;
    }

    std::uint32_t size_ = 0;
    std::vector<std::vector<Key>> above_;  // keys 0, 256, 512, …; then 0, 4096, …
};

extern template class KeyForest<EventIndex, HandleIndex>;
extern template class KeyForest<EventIndex, PrintIndex>;
extern template class KeyForest<AxisPosition, HandleIndex>;

}  // namespace loopscope::trace
