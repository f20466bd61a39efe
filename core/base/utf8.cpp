// SPDX-License-Identifier: MIT
#include "core/base/utf8.hpp"

#include <cstdint>

namespace loopscope {

Utf8Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return {first, 1, true};
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < size) return {};
    std::uint32_t point = first & (0x7fU >> size);
    for (std::size_t at = 1; at < size; ++at) {
        if (!continues_character(text[at])) return {};
        point = point << 6 | (byte(at) & 0x3fU);
    }
    const bool overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
    const bool surrogate = point >= 0xd800 && point < 0xe000;
    if (overlong || surrogate || point > 0x10ffff) return {};
    return {static_cast<char32_t>(point), size, true};
}

std::string_view first_character_bytes(std::string_view text) {
    std::size_t end = text.empty() ? 0 : 1;
    while (end < text.size() && end < 4 && continues_character(text[end])) ++end;
    return text.substr(0, end);
}

std::vector<std::string_view> characters(std::string_view text) {
    std::vector<std::string_view> result;
    while (!text.empty()) {
        result.push_back(first_character_bytes(text));
        text.remove_prefix(result.back().size());
    }
    return result;
}

void append_utf8(std::string& text, char32_t character) {
    const auto code = static_cast<std::uint32_t>(character);
    const auto tail = [&](unsigned bits) { text += static_cast<char>(0x80U | (code >> bits & 0x3fU)); };
    const auto head = [&](std::uint32_t mark, unsigned bits) {
        text += static_cast<char>(mark | code >> bits);
    };
    if (code < 0x80) return head(0, 0);
    if (code < 0x800) {
        head(0xc0, 6);
    } else {
        if (code < 0x10000) {
            head(0xe0, 12);
        } else {
            head(0xf0, 18);
            tail(12);
        }
        tail(6);
    }
    tail(0);
}

std::string clean_utf8(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const Utf8Character first = first_character(text);
        clean += first.valid ? text.substr(0, first.size) : std::string_view("\xef\xbf\xbd");
        text.remove_prefix(first.size);
    }
    return clean;
}

}  // namespace loopscope
