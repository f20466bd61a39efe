#include "core/trace/key_forest.hpp"

#include <algorithm>

namespace loopscope::trace {

void KeyForest::add(std::uint32_t key) {
    const std::uint32_t place = size_++;
    std::uint32_t distance = branching;
    for (std::size_t level = 0; place % distance == 0; ++level, distance *= branching) {
        if (level == levels_.size()) {
            levels_.emplace_back();
            // A level above begins, once there is something to skip, with the first key of all.
            if (level > 0) levels_[level].push_back(levels_[level - 1].front());
        }
        levels_[level].push_back(key);
        if (place == 0) break;
    }
}

std::uint32_t KeyForest::rank_above(std::uint32_t bound) const {
    std::uint32_t place = 0;
    for (std::size_t level = levels_.size(); level-- > 0;) {
        const std::vector<std::uint32_t>& keys = levels_[level];
        const bool top = level + 1 == levels_.size();
        const auto count = static_cast<std::uint32_t>(keys.size());
        std::uint32_t next = top || place == 0 ? 0 : (place - 1) * branching;
        const std::uint32_t end = top ? count : std::min(count, place * branching);
        while (next < end && keys[next] < bound) ++next;
        place = next;
    }
    return place;
}

std::size_t KeyForest::level_for(std::size_t keys) const {
    std::size_t level = 0;
    for (keys /= branching; keys >= finest && level < levels_.size(); keys /= branching) ++level;
    return level;
}

void KeyForest::coarse_ranks(std::span<const std::uint32_t> bounds, std::size_t level, std::uint32_t first,
                             std::uint32_t last, std::span<std::uint32_t> ranks) const {
    const std::vector<std::uint32_t>& keys = levels_[level - 1];
    std::uint32_t distance = 1;
    for (std::size_t each = 0; each < level; ++each) distance *= branching;
    std::uint32_t place = first / distance;
    const std::uint32_t end = std::min(last / distance + 1, static_cast<std::uint32_t>(keys.size()));
    for (std::size_t each = 0; each < bounds.size(); ++each) {
        while (place < end && keys[place] < bounds[each]) ++place;
        ranks[each] = std::clamp(place * distance, first, last);
    }
    ranks.front() = first;
    ranks.back() = last;
}

std::size_t KeyForest::bytes() const {
    std::size_t sum = 0;
    for (const auto& level : levels_) sum += level.capacity() * sizeof(std::uint32_t);
    return sum;
}

}  // namespace loopscope::trace
