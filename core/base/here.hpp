#pragma once

#include <cstdint>

namespace loopscope {

/// The line of source that a call stands on, as a function's last argument: `Here here = __builtin_LINE()`.
/// The built-in has to stand in that very default argument, for only there does it mean the caller's line.
/// (std::source_location would do, but clang 14 does not have it.)
struct Here {
    std::uint32_t line = 0;

    constexpr Here() = default;
    constexpr Here(int at) : line(static_cast<std::uint32_t>(at)) {}  // NOLINT(google-explicit-constructor)
};

}  // namespace loopscope
