// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope::task {

/// A type whose values can be shown: numbers, texts, and whatever has a function `std::string to_text(const
/// T&)` beside it. The text has to tell values apart that are not equal.
template <class T>
concept Shown = std::is_arithmetic_v<T> || std::convertible_to<const T&, std::string_view> ||
    requires(const T& value) {
    { to_text(value) } -> std::convertible_to<std::string>;
};

/// Returns a value as Python prints it: True, 1.0, a; or as its own to_text says.
template <Shown T>
std::string text_of(const T& value) {
    if constexpr (std::same_as<T, bool>) {
        return value ? "True" : "False";
    } else if constexpr (std::same_as<T, char>) {
        return std::string(1, value);
    } else if constexpr (std::floating_point<T>) {
        char digits[64];
        const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
        std::string text(std::begin(digits), end);
        return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
    } else if constexpr (std::integral<T>) {
        return std::to_string(value);
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        return std::string(std::string_view(value));
    } else {
        return to_text(value);
    }
}

/// Returns a text in quotes, as in a list that Python prints.
std::string in_quotes(std::string_view text);

/// Returns a list as Python prints it: ['a', 'b'].
template <Shown T>
std::string text_of(const std::vector<T>& items) {
    constexpr bool is_text = std::convertible_to<const T&, std::string_view> || std::same_as<T, char>;
    std::string text = "[";
    for (const auto& item : items) {
        const std::string each = text_of<T>(item);
        text += text.size() > 1 ? ", " : "";
        text += is_text ? in_quotes(each) : each;
    }
    return text + "]";
}

}  // namespace loopscope::task
