// SPDX-License-Identifier: MIT
#include "core/exchange/micros.hpp"

#include <cmath>

#include "core/base/number.hpp"

namespace loopscope::exchange {
namespace {

constexpr std::int32_t millionths_of_one = 1'000'000;
constexpr int max_decimals = 6;
/// The largest number to which a digit can be added.
constexpr std::int64_t max_before_digit = (INT64_MAX - 9) / 10;

/// Returns what parse_micros does, of a number with an exponent, or one that is unusual otherwise.
std::optional<Micros> parse_rare(std::string_view text) {
    const auto value = number_of<double>(text);
    constexpr double bound = 9.2e18;
    if (!value || !(std::abs(*value) < bound)) return std::nullopt;
    const double whole = std::floor(*value);
    const auto millionths = static_cast<std::int32_t>((*value - whole) * millionths_of_one);
    return Micros{static_cast<std::int64_t>(whole), millionths};
}

Micros negated(const Micros& value) {
    if (value.millionths == 0) return {-value.whole, 0};
    return {-value.whole - 1, millionths_of_one - value.millionths};
}

}  // namespace

std::optional<Micros> parse_micros(std::string_view text) {
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    Micros value;
    int decimals = -1;  // digits after the decimal point; -1: there is no point
    std::size_t digits = 0;
    for (const char each : rest) {
        if (each == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (each < '0' || each > '9' || (decimals < 0 && value.whole > max_before_digit))
            return parse_rare(text);
        ++digits;
        if (decimals < 0) {
            value.whole = value.whole * 10 + (each - '0');
        } else if (decimals < max_decimals) {
            value.millionths = value.millionths * 10 + (each - '0');
            ++decimals;
        }
    }
    if (digits == 0) return std::nullopt;
    for (; decimals >= 0 && decimals < max_decimals; ++decimals) value.millionths *= 10;
    return negative ? negated(value) : value;
}

std::optional<Micros> sum(const Micros& time, const Micros& duration) {
    const std::int32_t millionths = time.millionths + duration.millionths;
    const std::int64_t carry = millionths >= millionths_of_one ? 1 : 0;
    Micros total{0, millionths - static_cast<std::int32_t>(carry) * millionths_of_one};
    if (__builtin_add_overflow(time.whole, duration.whole, &total.whole) ||
        __builtin_add_overflow(total.whole, carry, &total.whole))
        return std::nullopt;
    return total;
}

std::optional<std::int64_t> nanoseconds_since(std::int64_t origin, const Micros& time) {
    constexpr std::int64_t bound = max_distance / 1000 - 1;
    std::int64_t whole = 0;
    if (__builtin_sub_overflow(time.whole, origin, &whole) || whole > bound || whole < -bound)
        return std::nullopt;
    return whole * 1000 + (time.millionths + 500) / 1000;
}

}  // namespace loopscope::exchange
