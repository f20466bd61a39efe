#pragma once

#include <algorithm>

#include "app/gl/size.hpp"

namespace loopscope::gl {

/// A rectangle of whole pixels; what y counts from is said where one is used.
struct Region {
    int x = 0;
    int y = 0;
    Size size;

    [[nodiscard]] constexpr int right() const { return x + size.width; }
    [[nodiscard]] constexpr int bottom() const { return y + size.height; }
    /// Whether no pixel is in it.
    [[nodiscard]] constexpr bool empty() const { return size.width <= 0 || size.height <= 0; }
    friend constexpr bool operator==(const Region&, const Region&) = default;
};

/// What is in both of them; perhaps empty.
constexpr Region intersection(const Region& one, const Region& other) {
    const int x = std::max(one.x, other.x);
    const int y = std::max(one.y, other.y);
    return {x, y, {std::min(one.right(), other.right()) - x, std::min(one.bottom(), other.bottom()) - y}};
}

/// The smallest one around both, which are not empty.
constexpr Region bounds(const Region& one, const Region& other) {
    const int x = std::min(one.x, other.x);
    const int y = std::min(one.y, other.y);
    return {x, y, {std::max(one.right(), other.right()) - x, std::max(one.bottom(), other.bottom()) - y}};
}

}  // namespace loopscope::gl
