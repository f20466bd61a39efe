// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>

namespace loopscope::gl {

/// A width and a height in pixels.
struct Size {
    int width = 0;
    int height = 0;

    friend bool operator==(const Size&, const Size&) = default;
};

/// Returns the size with each side limited to that of `largest`.
constexpr Size at_most(Size size, Size maximum) {
    return {std::min(size.width, maximum.width), std::min(size.height, maximum.height)};
}

}  // namespace loopscope::gl
