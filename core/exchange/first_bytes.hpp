// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace loopscope::exchange {

/// The maximum number of first bytes that are examined.
inline constexpr std::size_t max_first_bytes = std::size_t{1} << 16;

/// The first bytes of a file, by which its format is told.
struct FirstBytes {
    std::span<const std::byte> bytes;
    bool all = false;  ///< no more bytes come, or no more are examined

    [[nodiscard]] std::string_view text() const {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
};

}  // namespace loopscope::exchange
