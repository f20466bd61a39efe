#pragma once

#include <cstdint>

namespace loopscope {

/// The line of source that a call stands on, as a function's last argument: `Here here =
/// Here(__builtin_LINE())`. The built-in has to stand in that very default argument, for only there does it
/// mean the caller's line. (std::source_location would do, but clang 14 does not have it.)
///
/// An enumeration, because GCC 12 keeps a place in the coroutine's frame for each argument that is of a
/// class.
enum class Here : std::uint32_t {};

/// 0: none was given.
constexpr std::uint32_t line_of(Here here) {
    return static_cast<std::uint32_t>(here);
}

}  // namespace loopscope
