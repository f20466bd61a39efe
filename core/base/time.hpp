// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace loopscope {

using Duration = std::chrono::nanoseconds;
/// Loop time: nanoseconds since the loop was made. Like `loop.time()` in asyncio, but exact.
using Time = std::chrono::nanoseconds;

/// The deadline that never comes, as asyncio's `None`.
inline constexpr Time never = Time::max();

/// Returns the time that is `delay` after `from`; `never` if no time is so late. REQUIRES: `from` >= 0.
constexpr Time after(Time from, Duration delay) {
    return delay > never - from ? never : from + delay;
}

/// Returns a duration in seconds as nanoseconds, rounded to the nearest.
constexpr Duration seconds(double value) {
    return Duration(static_cast<Duration::rep>(value * 1e9 + (value < 0 ? -0.5 : 0.5)));
}

/// Returns a duration as seconds, for display.
constexpr double to_seconds(Duration value) {
    return static_cast<double>(value.count()) * 1e-9;
}

}  // namespace loopscope
