// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>

#include "app/gl/size.hpp"

namespace loopscope::platform {

/// A rectangle of the screen, in screen coordinates.
struct Area {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    friend bool operator==(const Area&, const Area&) = default;
};

/// A point of the screen, in screen coordinates.
struct Point {
    int x = 0;
    int y = 0;

    friend bool operator==(const Point&, const Point&) = default;
};

/// The size of a window and where its top left is, in screen coordinates.
struct Placement {
    gl::Size size;
    std::optional<Point> corner;  ///< none: the window manager places the window

    friend bool operator==(const Placement&, const Placement&) = default;
};

/// Returns where a window opens: where it was left, if enough of it would be seen there to be moved, and no
/// larger than the display; or else in five sixths of the display's sides, but not in less than 1280x720
/// where the display has as much. `displays` are those parts that panels of the desktop leave free, the main
/// display first; none: that is not known.
Placement place_window(const std::optional<Placement>& left, std::span<const Area> displays);

}  // namespace loopscope::platform
