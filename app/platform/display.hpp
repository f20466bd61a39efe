#pragma once

namespace loopscope::platform {

/// Whether there is a screen to open a window on. On Linux that is what DISPLAY or WAYLAND_DISPLAY say, which
/// may be wrong.
bool has_display();

}  // namespace loopscope::platform
