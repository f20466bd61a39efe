#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace loopscope::trace {

/// Finds places in a sorted sequence of numbers that grows at its end, such as the handles of a task's steps.
///
/// An implicit forest: every 16th key stands again in the level above, so it costs a quarter of a byte for
/// each byte of a key, nothing is ever rebuilt, and a level is as fine as a picture needs. How many of
/// something there are between two bounds is the difference of their ranks. The keys themselves stay with
/// their owner, who hands them in as `key_of(place)`.
class KeyForest {
  public:
    /// Keys from one to the next on the level above.
    static constexpr std::uint32_t branching = 16;
    /// Between two bounds `ranks` looks at this many keys at least; so it is off by an eighth at most.
    static constexpr std::uint32_t finest = 8;

    /// Takes in the next key. REQUIRES: it is not less than the last one.
    void add(std::uint32_t key);
    /// How many keys there are.
    [[nodiscard]] std::uint32_t size() const { return size_; }

    /// How many keys are less than `bound`.
    template <class KeyOf>
    [[nodiscard]] std::uint32_t rank(std::uint32_t bound, const KeyOf& key_of) const {
        const std::uint32_t above = rank_above(bound);
        if (above == 0) return 0;
        const std::uint32_t end = above * branching < size_ ? above * branching : size_;
        std::uint32_t place = (above - 1) * branching + 1;
        while (place < end && key_of(place) < bound) ++place;
        return place;
    }

    /// The ranks of rising bounds: exact for the first and the last, and for all where the keys are few;
    /// elsewhere the keys of a stretch between two bounds may be off by an eighth, and count for the stretch
    /// beside it. REQUIRES: as many ranks as bounds.
    template <class KeyOf>
    void ranks(std::span<const std::uint32_t> bounds, const KeyOf& key_of,
               std::span<std::uint32_t> ranks) const {
        const std::uint32_t first = rank(bounds.front(), key_of);
        const std::uint32_t last = rank(bounds.back(), key_of);
        const std::size_t level = level_for((last - first) / bounds.size());
        if (level > 0) {
            coarse_ranks(bounds, level, first, last, ranks);
            return;
        }
        std::uint32_t place = first;
        for (std::size_t each = 0; each < bounds.size(); ++each) {
            while (place < last && key_of(place) < bounds[each]) ++place;
            ranks[each] = place;
        }
    }

    /// Memory beside the keys, in bytes.
    [[nodiscard]] std::size_t bytes() const;

  private:
    /// How many keys of the lowest level stand before `bound`.
    [[nodiscard]] std::uint32_t rank_above(std::uint32_t bound) const;
    /// The level that is looked at where this many keys are between two bounds; 0: the keys themselves.
    [[nodiscard]] std::size_t level_for(std::size_t keys) const;
    void coarse_ranks(std::span<const std::uint32_t> bounds, std::size_t level, std::uint32_t first,
                      std::uint32_t last, std::span<std::uint32_t> ranks) const;

    std::uint32_t size_ = 0;
    std::vector<std::vector<std::uint32_t>> levels_;  // levels_[0]: keys 0, 16, 32, …; then 0, 256, 512, …
};

}  // namespace loopscope::trace
