// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace loopscope {

/// Reads a number at the beginning of `text`, as std::from_chars does.
template <class Number>
std::from_chars_result read_number(std::string_view text, Number& value) {
    return std::from_chars(text.data(), text.data() + text.size(), value);
}

#ifdef _LIBCPP_VERSION
/// Reads a floating-point number as std::from_chars does, which libc++ has from version 20 on: no space, no
/// `+` and no hexadecimal digits are taken.
template <class Number>
requires std::is_floating_point_v<Number> std::from_chars_result read_number(std::string_view text,
                                                                             Number& value) {
    const std::string decimal(text.substr(0, text.find_first_not_of("-.0123456789eE+")));
    if (decimal.empty() || decimal.front() == '+' || decimal.front() == 'e' || decimal.front() == 'E')
        return {text.data(), std::errc::invalid_argument};
    char* end = nullptr;
    value = static_cast<Number>(std::strtod(decimal.c_str(), &end));
    if (end == decimal.c_str()) return {text.data(), std::errc::invalid_argument};
    return {text.data() + (end - decimal.c_str()), std::errc()};
}
#endif

/// Returns the number that `text` consists of, from its first character to its last; none if it is anything
/// else.
template <class Number>
std::optional<Number> number_of(std::string_view text) {
    Number value{};
    const auto [end, error] = read_number(text, value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace loopscope
