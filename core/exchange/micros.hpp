// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace loopscope::exchange {

/// A time or a duration in microseconds, exact to a millionth of one: written times of microseconds often
/// have more digits than a nanosecond needs, and slices that nest have to nest when they were rounded.
struct Micros {
    std::int64_t whole = 0;       ///< microseconds, rounded down
    std::int32_t millionths = 0;  ///< beyond `whole`, from 0 to 999,999

    friend auto operator<=>(const Micros&, const Micros&) = default;
};

/// Returns the number of microseconds that a JSON number says: "12", "12.345", "1.2e3". Returns nothing if
/// the text is no number, or one beyond 2^63.
std::optional<Micros> parse_micros(std::string_view text);

/// Returns the sum of a time and a duration; nothing if it is beyond 2^63.
std::optional<Micros> sum(const Micros& time, const Micros& duration);

/// The bound of times on either side of that which they are told from, in nanoseconds: 73 years.
inline constexpr std::int64_t max_distance = std::int64_t{1} << 61;

/// Returns how many nanoseconds a time is after `origin` microseconds, rounded to the nearest; nothing if
/// that is not within max_distance.
std::optional<std::int64_t> nanoseconds_since(std::int64_t origin, const Micros& time);

}  // namespace loopscope::exchange
