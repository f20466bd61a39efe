// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace loopscope {

/// Returns the first position in [place, end) at which a predicate does not hold; `end` if it holds
/// everywhere. Calls it O(log n) times. REQUIRES: the predicate holds up to some position and nowhere after
/// it; place <= end.
template <class Predicate>
std::uint32_t first_not(std::uint32_t index, std::uint32_t end, const Predicate& holds) {
    for (std::uint32_t count = end - index; count > 0;) {
        const std::uint32_t half = count / 2;
        if (holds(index + half)) {
            index += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return index;
}

/// Returns what first_not() returns, in O(log distance) calls of the predicate, where distance is that from
/// `place` to the result: for results that are near. REQUIRES: as first_not().
template <class Predicate>
std::uint32_t near_first_not(std::uint32_t index, std::uint32_t end, const Predicate& holds) {
    std::uint32_t reach = 1;
    while (reach < end - index && holds(index + reach - 1)) {
        index += reach;
        reach *= 2;
    }
    return first_not(index, reach < end - index ? index + reach - 1 : end, holds);
}

}  // namespace loopscope
