// SPDX-License-Identifier: MIT
#pragma once

namespace loopscope::platform {

/// Returns whether there is a display to open a window on. On Linux the answer is that of DISPLAY and
/// WAYLAND_DISPLAY, which may be wrong.
bool has_display();

}  // namespace loopscope::platform
