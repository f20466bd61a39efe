// SPDX-License-Identifier: MIT
#include "core/explore/chooser.hpp"

#include <cassert>

namespace loopscope::explore {

std::uint32_t Chooser::choose(loop::Freedom freedom, std::uint32_t count) {
    assert(count >= 2);
    std::uint32_t taken = 0;
    if (random_)
        taken = static_cast<std::uint32_t>(((next_random() >> 32) * count) >> 32);
    else if (points_.size() < given_.size() && given_[points_.size()] < count)
        taken = given_[points_.size()];
    points_.push_back({count, taken, freedom});
    return taken;
}

// splitmix64 (Steele, Lea and Flood 2014): adjacent seeds lead to unrelated numbers.
std::uint64_t Chooser::next_random() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
}

}  // namespace loopscope::explore
