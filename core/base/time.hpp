#pragma once

#include <chrono>

namespace loopscope {

using Duration = std::chrono::nanoseconds;
/// Loop time: nanoseconds since the loop was made. What `loop.time()` is in asyncio, but exact.
using Time = std::chrono::nanoseconds;

/// A delay as people write it, in seconds, rounded to a nanosecond.
constexpr Duration seconds(double value) {
    return Duration(static_cast<Duration::rep>(value * 1e9 + (value < 0 ? -0.5 : 0.5)));
}

/// The same, back: for showing.
constexpr double to_seconds(Duration value) {
    return static_cast<double>(value.count()) * 1e-9;
}

}  // namespace loopscope
