// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "app/timeline/theme.hpp"
#include "app/timeline/track_tree.hpp"

namespace loopscope::timeline {

/// Returns which hue slices of a name have: the same in every trace. Looks at no more of a name than its
/// ends.
std::uint8_t hue_of_name(std::string_view name);

/// Returns which hue a slice or instant has: that of its track if it has one, or else that of its name.
/// REQUIRES: the event is a `slice` or an `instant`.
std::uint8_t hue_of_slice(const trace::Log& log, const TrackTree& tree, EventIndex event);

/// Returns the colour of a hue.
inline Color color_of_hue(const Theme& theme, std::uint32_t hue) {
    return theme.hues.at(hue % theme.hues.size());
}

}  // namespace loopscope::timeline
