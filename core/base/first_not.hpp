#pragma once

#include <cstdint>

namespace loopscope {

/// The first place from `place` on where a predicate does not hold any more; `end` if it holds at all of
/// them. Asks it O(log n) times. REQUIRES: it holds up to some place, and at none after that; place <= end.
template <class Predicate>
std::uint32_t first_not(std::uint32_t place, std::uint32_t end, const Predicate& holds) {
    for (std::uint32_t count = end - place; count > 0;) {
        const std::uint32_t half = count / 2;
        if (holds(place + half)) {
            place += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return place;
}

/// The same where it is near: asks O(log distance) times.
template <class Predicate>
std::uint32_t near_first_not(std::uint32_t place, std::uint32_t end, const Predicate& holds) {
    std::uint32_t reach = 1;
    while (reach < end - place && holds(place + reach - 1)) {
        place += reach;
        reach *= 2;
    }
    return first_not(place, reach < end - place ? place + reach - 1 : end, holds);
}

}  // namespace loopscope
