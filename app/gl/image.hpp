// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace loopscope::gl {

/// A picture in memory: `height` rows of `width` pixels, top row first, four bytes per pixel (red, green,
/// blue, alpha; not premultiplied).
struct Image {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;

    friend bool operator==(const Image&, const Image&) = default;
};

}  // namespace loopscope::gl
