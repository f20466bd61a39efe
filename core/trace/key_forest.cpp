// SPDX-License-Identifier: MIT
#include "core/trace/key_forest.hpp"

namespace loopscope::trace {

template <class Key, class Rank>
void KeyForest<Key, Rank>::add_above(Key key) {
    std::uint32_t distance = distance_on(0);
    for (std::size_t level = 0; size_ % distance == 0; ++level, distance *= branching) {
        if (level == above_.size()) {
            above_.emplace_back();
            // A level begins with the first key of all, once there is something to skip.
            if (level > 0) above_[level].push_back(above_[0].front());
        }
        above_[level].push_back(key);
        if (size_ == 0) break;
    }
}

template <class Key, class Rank>
std::uint32_t KeyForest<Key, Rank>::rank_above(Key bound) const {
    std::uint32_t index = 0;
    for (std::size_t level = above_.size(); level-- > 0;) {
        const std::vector<Key>& keys = above_[level];
        const bool top = level + 1 == above_.size();
        const auto count = static_cast<std::uint32_t>(keys.size());
        const std::uint32_t from = top || index == 0 ? 0 : (index - 1) * branching;
        const std::uint32_t end = top ? count : std::min(count, index * branching);
        index = first_not(from, std::max(from, end), [&](std::uint32_t each) { return keys[each] < bound; });
    }
    return index;
}

template <class Key, class Rank>
std::size_t KeyForest<Key, Rank>::level_for(std::size_t keys) const {
    std::size_t level = 0;
    while (level < above_.size() && keys / distance_on(level) >= finest_ranks) ++level;
    return level;
}

template <class Key, class Rank>
std::size_t KeyForest<Key, Rank>::bytes() const {
    std::size_t sum = 0;
    for (const auto& level : above_) sum += level.capacity() * sizeof(Key);
    return sum;
}

template class KeyForest<EventIndex, HandleIndex>;
template class KeyForest<EventIndex, PrintIndex>;
template class KeyForest<AxisPosition, HandleIndex>;

}  // namespace loopscope::trace
