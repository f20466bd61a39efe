// SPDX-License-Identifier: MIT
#include "app/platform/display.hpp"

#include <cstdlib>

namespace loopscope::platform {
namespace {

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

}  // namespace

bool has_display() {
#if defined(_WIN32) || defined(__APPLE__)
    return true;
#else
    return has_x11_display() || has_wayland_display();
#endif
}

bool has_x11_display() {
    return is_set("DISPLAY");
}

bool has_wayland_display() {
    return is_set("WAYLAND_DISPLAY");
}

}  // namespace loopscope::platform
