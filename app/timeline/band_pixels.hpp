// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>

#include "app/timeline/draw_list.hpp"

namespace loopscope::timeline {

/// Returns what the columns of a band add up to in the pixels whose left edge is at `x`. Densities count by
/// the share of the pixel that their column covers; the result leaks if any of these columns leaks. The
/// colour of the steps is premultiplied.
Texel pixel_of(const Band& band, std::span<const Texel> columns, std::int32_t x);

}  // namespace loopscope::timeline
