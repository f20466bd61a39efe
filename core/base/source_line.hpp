// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace loopscope {

/// The source line of a call, as a function's last argument: `Here here = Here(__builtin_LINE())`. The
/// built-in must stand in that default argument, for only there does it mean the caller's line.
/// (std::source_location would do, but clang 14 does not have it.)
///
/// An enumeration, because GCC 12 gives every argument of class type a slot in the coroutine's frame.
enum class SourceLine : std::uint32_t {};

/// Returns the line number of `here`; 0 if none was given.
constexpr std::uint32_t line_of(SourceLine here) {
    return static_cast<std::uint32_t>(here);
}

}  // namespace loopscope
