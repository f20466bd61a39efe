#pragma once

#include <cstdint>
#include <span>

#include "app/timeline/draw_list.hpp"

namespace loopscope::timeline {

/// What the columns of a band come to in the pixels whose left edge is at x: densities by their share of a
/// pixel, a leak if any of them leaks. The colour of the steps is premultiplied.
Texel pixel_of(const Band& band, std::span<const Texel> columns, std::int32_t x);

}  // namespace loopscope::timeline
