// SPDX-License-Identifier: MIT
#include "app/platform/display.hpp"

#include <cstdlib>

namespace loopscope::platform {
namespace {

[[maybe_unused]] bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

}  // namespace

bool has_display() {
#if defined(_WIN32) || defined(__APPLE__)
    return true;
#else
    return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
#endif
}

}  // namespace loopscope::platform
