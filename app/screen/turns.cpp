// SPDX-License-Identifier: MIT
#include "app/screen/turns.hpp"

#include <algorithm>
#include <utility>

namespace loopscope::screen {

std::optional<double> Turns::begin(const platform::Inputs& inputs, bool happened) {
    const bool moving = screen_.workspace().moving();
    const bool rested = rest();
    if (happened || inputs.any || moving)
        frames_ = to_settle;  // the end of a movement has to be drawn as well
    else if (rested && !screen_.may_change())
        return std::nullopt;
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> passed = now - std::exchange(last_, now);
    return moving ? passed.count() : 0.0;
}

void Turns::end() {
    frames_ = std::max(frames_ - 1, 0);
}

}  // namespace loopscope::screen
