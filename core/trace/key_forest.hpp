#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/first_not.hpp"
#include "core/trace/ranks.hpp"

namespace loopscope::trace {

/// Finds places in a sorted sequence of numbers that grows at its end, such as the handles of a task's steps.
///
/// An implicit forest: a level has every 16th key of the one below it, so nothing is ever rebuilt, and a
/// level is as fine as a picture needs. How many of something there are between two bounds is the difference
/// of their ranks. The keys themselves stay with their owner, who hands them in as `key_of(place)`; only from
/// every 256th on they stand here again.
class KeyForest {
  public:
    /// Keys from one to the next on the level above.
    static constexpr std::uint32_t branching = 16;

    /// Takes in the next key. REQUIRES: it is not less than the last one.
    void add(std::uint32_t key) {
        if (size_ % distance_on(0) == 0) add_above(key);
        ++size_;
    }
    /// How many keys there are.
    [[nodiscard]] std::uint32_t size() const { return size_; }

    /// How many keys are less than `bound`.
    template <class KeyOf>
    [[nodiscard]] std::uint32_t rank(std::uint32_t bound, const KeyOf& key_of) const {
        const std::uint32_t distance = distance_on(0);
        const std::uint32_t above = rank_above(bound);
        const std::uint32_t end = above < size_ / distance ? above * distance : size_;
        const std::uint32_t begin = above == 0 ? 0 : (above - 1) * distance + 1;
        return first_not(begin, end, [&](std::uint32_t index) { return key_of(index) < bound; });
    }

    /// The ranks of rising bounds, as ranks_of tells them. REQUIRES: as many ranks as bounds.
    template <class KeyOf>
    void ranks(std::span<const std::uint32_t> bounds, const KeyOf& key_of,
               std::span<std::uint32_t> ranks) const {
        const std::uint32_t first = rank(bounds.front(), key_of);
        const std::uint32_t last = rank(bounds.back(), key_of);
        const std::size_t level = level_for((last - first) / bounds.size());
        if (level == 0) return ranks_between(bounds, first, last, key_of, ranks);
        const std::vector<std::uint32_t>& keys = above_[level - 1];
        const std::uint32_t distance = distance_on(level - 1);
        std::uint32_t index = first / distance;
        const std::uint32_t end = std::min(last / distance + 1, static_cast<std::uint32_t>(keys.size()));
        for (std::size_t each = 0; each < bounds.size(); ++each) {
            index = near_first_not(index, end, [&](std::uint32_t at) { return keys[at] < bounds[each]; });
            ranks[each] = std::clamp(index * distance, first, last);
        }
        ranks.front() = first;
        ranks.back() = last;
    }

    /// Memory beside the keys, in bytes.
    [[nodiscard]] std::size_t bytes() const;

  private:
    /// Takes a key in on the levels that it stands on. REQUIRES: it stands on the lowest.
    void add_above(std::uint32_t key);
    /// How many keys of the lowest level that is kept stand before `bound`.
    [[nodiscard]] std::uint32_t rank_above(std::uint32_t bound) const;
    /// How many levels up there is what to look at where this many keys are between two bounds; 0: the keys.
    [[nodiscard]] std::size_t level_for(std::size_t keys) const;
    /// Keys from one to the next of above_[level].
    static std::uint32_t distance_on(std::size_t level) {
        std::uint32_t distance = branching * branching;
        for (std::size_t each = 0; each < level; ++each) distance *= branching;
        return distance;
    }

    std::uint32_t size_ = 0;
    std::vector<std::vector<std::uint32_t>> above_;  // keys 0, 256, 512, …; then 0, 4096, …
};

}  // namespace loopscope::trace
