// SPDX-License-Identifier: MIT
#pragma once

namespace loopscope::platform {

/// Returns whether there is a display to open a window on. On Linux the answer is that of DISPLAY and
/// WAYLAND_DISPLAY, which may be wrong.
bool has_display();
/// Returns whether DISPLAY names a display of X11, which may not be there.
bool has_x11_display();
/// Returns whether WAYLAND_DISPLAY names a display of Wayland, which may not be there.
bool has_wayland_display();

}  // namespace loopscope::platform
