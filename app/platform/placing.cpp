// SPDX-License-Identifier: MIT
#include "app/platform/placing.hpp"

#include <algorithm>

namespace loopscope::platform {
namespace {

/// The size of a window where nothing is known of the display.
constexpr gl::Size usual{1600, 900};
constexpr gl::Size comfortable{1280, 720};
/// What has to be seen of a window for the mouse to take hold of it.
constexpr int enough = 64;

int common(int from, int length, int other_from, int other_length) {
    return std::min(from + length, other_from + other_length) - std::max(from, other_from);
}

int first_side(int display, int least) {
    return std::min(std::max(display * 5 / 6, least), display);
}

}  // namespace

Placement place_window(const std::optional<Placement>& left, std::span<const Area> displays) {
    if (displays.empty()) return left ? Placement{left->size, std::nullopt} : Placement{usual, std::nullopt};
    const Area& main = displays.front();
    if (!left) {
        return {{first_side(main.width, comfortable.width), first_side(main.height, comfortable.height)},
                std::nullopt};
    }
    const auto at_most = [&](const Area& area) {
        return gl::Size{std::min(left->size.width, area.width), std::min(left->size.height, area.height)};
    };
    if (left->corner) {
        // The upper edge, where a window is taken hold of, has to be on a display.
        for (const Area& each : displays) {
            const bool seen = common(left->corner->x, left->size.width, each.x, each.width) >= enough &&
                              left->corner->y >= each.y && left->corner->y + enough <= each.y + each.height;
            if (seen) return {at_most(each), left->corner};
        }
    }
    return {at_most(main), std::nullopt};
}

}  // namespace loopscope::platform
