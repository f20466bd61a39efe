// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>

#include "app/gl/size.hpp"

namespace loopscope::gl {

/// A rectangle of whole pixels. Each use says where y is measured from.
struct Region {
    int x = 0;
    int y = 0;
    Size size;

    [[nodiscard]] constexpr int right() const { return x + size.width; }
    [[nodiscard]] constexpr int bottom() const { return y + size.height; }
    /// Returns whether the rectangle contains no pixel.
    [[nodiscard]] constexpr bool empty() const { return size.width <= 0 || size.height <= 0; }
    friend constexpr bool operator==(const Region&, const Region&) = default;
};

/// Returns the intersection of two regions, which may be empty.
constexpr Region intersection(const Region& one, const Region& other) {
    const int x = std::max(one.x, other.x);
    const int y = std::max(one.y, other.y);
    return {x, y, {std::min(one.right(), other.right()) - x, std::min(one.bottom(), other.bottom()) - y}};
}

/// Returns the smallest region that contains two others. REQUIRES: neither is empty.
constexpr Region bounds(const Region& one, const Region& other) {
    const int x = std::min(one.x, other.x);
    const int y = std::min(one.y, other.y);
    return {x, y, {std::max(one.right(), other.right()) - x, std::max(one.bottom(), other.bottom()) - y}};
}

}  // namespace loopscope::gl
