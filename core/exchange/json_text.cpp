// SPDX-License-Identifier: MIT
#include "core/exchange/json_text.hpp"

#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "core/base/utf8.hpp"

namespace loopscope::exchange {
namespace {

constexpr std::size_t hex_digits = 4;

/// Returns the UTF-16 code unit that four hexadecimal digits at the beginning of a text say.
std::optional<char32_t> code_unit(std::string_view text) {
    const std::string_view digits = text.substr(0, hex_digits);
    std::uint16_t unit = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
    if (digits.size() < hex_digits || error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return unit;
}

bool is_high_surrogate(char32_t unit) {
    return unit >= 0xd800 && unit < 0xdc00;
}

bool is_low_surrogate(char32_t unit) {
    return unit >= 0xdc00 && unit < 0xe000;
}

/// Appends the character whose escape, `\u` and on, a text begins with. Returns how many bytes the escape
/// has; 0 if it is none.
std::size_t append_by_number(std::string& out, std::string_view text) {
    constexpr std::size_t size = 2 + hex_digits;
    const auto unit = code_unit(text.substr(2));
    if (!unit) return 0;
    const std::string_view rest = text.substr(size);
    if (is_high_surrogate(*unit) && rest.starts_with("\\u")) {
        if (const auto low = code_unit(rest.substr(2)); low && is_low_surrogate(*low)) {
            append_utf8(out, 0x10000 + ((*unit - 0xd800) << 10U) + (*low - 0xdc00));
            return 2 * size;
        }
    }
    const bool half = is_high_surrogate(*unit) || is_low_surrogate(*unit);
    append_utf8(out, half ? replacement_character : *unit);
    return size;
}

/// Returns the character that a letter after a backslash stands for; 0: none.
char escape_of(char letter) {
    switch (letter) {
        case 'n': return '\n';
        case 't': return '\t';
        case 'r': return '\r';
        case 'b': return '\b';
        case 'f': return '\f';
        case '"':
        case '\\':
        case '/': return letter;
        default: return 0;
    }
}

}  // namespace

std::string with_valid_strings(std::string_view json, std::size_t padding) {
    const std::string clean = clean_utf8(json);
    std::string out;
    out.reserve(clean.size() + padding);
    bool in_string = false;
    bool escaped = false;
    for (const char each : clean) {
        if (in_string && static_cast<unsigned char>(each) < ' ') {
            out += escaped ? "\\" : "";  // what a backslash escapes here is shown with it
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(each));
            escaped = false;
            continue;
        }
        out += each;
        if (each == '"' && !escaped) in_string = !in_string;
        escaped = in_string && !escaped && each == '\\';
    }
    out.append(padding, ' ');
    return out;
}

std::string unescaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find('\\'), text.size());
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        std::size_t taken = 0;
        if (text.size() > 1 && text[1] == 'u') {
            taken = append_by_number(out, text);
        } else if (const char stands_for = text.size() > 1 ? escape_of(text[1]) : '\0'; stands_for != 0) {
            out += stands_for;
            taken = 2;
        }
        if (taken == 0) {
            out += text.front();
            taken = 1;
        }
        text.remove_prefix(taken);
    }
    return out;
}

}  // namespace loopscope::exchange
