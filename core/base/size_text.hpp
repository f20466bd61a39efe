// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

namespace loopscope {

/// Returns so many bytes as sentences say them: "12 bytes", "64 KB", "3 MB".
inline std::string size_text(std::uint64_t bytes) {
    constexpr std::uint64_t kilo = 1000;
    if (bytes < kilo) return fmt::format("{} bytes", bytes);
    return bytes < kilo * kilo ? fmt::format("{} KB", bytes / kilo)
                               : fmt::format("{} MB", bytes / kilo / kilo);
}

}  // namespace loopscope
