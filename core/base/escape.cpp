// SPDX-License-Identifier: MIT
#include "core/base/escape.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "core/base/utf8.hpp"

namespace loopscope {
namespace {

using Range = std::pair<char32_t, char32_t>;

/// Characters that are shown by number, as ranges that include both ends, in ascending order.
constexpr std::array<Range, 7> unseen = {{
    {0x00, 0x1f},      // C0
    {0x7f, 0x9f},      // DEL and C1
    {0x61c, 0x61c},    // bidirectional: Arabic letter mark
    {0x200e, 0x200f},  // and the two other marks
    {0x2028, 0x202e},  // line and paragraph separator, embeddings and overrides
    {0x2066, 0x2069},  // isolates
    {0xfeff, 0xfeff},  // byte order mark
}};

bool is_unseen(char32_t character) {
    return std::ranges::any_of(
        unseen, [&](const Range& range) { return character >= range.first && character <= range.second; });
}

/// Returns how an invisible character, or a byte that is not valid UTF-8, is shown by number.
std::string by_number(const Utf8Character& character, char first_byte) {
    if (!character.valid) return fmt::format("\\x{:02x}", static_cast<unsigned char>(first_byte));
    switch (character.code) {
        case U'\n': return "\\n";
        case U'\r': return "\\r";
        case U'\t': return "\\t";
        default: break;
    }
    const auto code = static_cast<std::uint32_t>(character.code);
    return code < 0x80 ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{:04x}", code);
}

/// Returns how many of the first characters of `text` are visible ASCII, and none of `special`: most text is.
std::size_t plain_ascii(std::string_view text, std::string_view special) {
    std::size_t count = 0;
    while (count < text.size() && text[count] >= ' ' && text[count] < '\x7f' &&
           special.find(text[count]) == std::string_view::npos)
        ++count;
    return count;
}

/// Returns `text` with invisible characters shown by number. Those in `kept` stay as they are, and those in
/// `marked` are preceded by a backslash.
std::string shown(std::string_view text, std::string_view kept, std::string_view marked) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::size_t plain = plain_ascii(text, marked);
        result += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        const Utf8Character first = first_character(text);
        const bool stays = first.size == 1 && kept.find(text.front()) != std::string_view::npos;
        if (!first.valid || (is_unseen(first.code) && !stays)) {
            result += by_number(first, text.front());
        } else {
            if (first.size == 1 && marked.find(text.front()) != std::string_view::npos) result += '\\';
            result += text.substr(0, first.size);
        }
        text.remove_prefix(first.size);
    }
    return result;
}

}  // namespace

std::string terminal_line(std::string_view text) {
    return shown(text, {}, {});
}

std::string terminal_text(std::string_view text) {
    return shown(text, "\n\t", {});
}

std::string quoted_field(std::string_view text) {
    return '\'' + shown(text, {}, "'\\") + '\'';
}

std::string json_string(std::string_view text) {
    std::string result;
    result.reserve(text.size() + 2);
    append_json_string(result, text);
    return result;
}

void append_json_string(std::string& document, std::string_view text) {
    document += '"';
    while (!text.empty()) {
        const std::size_t plain = plain_ascii(text, "\"\\");
        document += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        const Utf8Character first = first_character(text);
        if (first.code == U'"' || first.code == U'\\')
            (document += '\\') += text.front();
        else if (first.code == U'\n')
            document += "\\n";
        else if (is_unseen(first.code))
            fmt::format_to(std::back_inserter(document), "\\u{:04x}", static_cast<std::uint32_t>(first.code));
        else
            append_utf8(document, first.code);
        text.remove_prefix(first.size);
    }
    document += '"';
}

void append_xml(std::string& document, char32_t character) {
    switch (character) {
        case U'&': document += "&amp;"; return;
        case U'<': document += "&lt;"; return;
        case U'>': document += "&gt;"; return;
        case U'"': document += "&quot;"; return;
        case U'\'': document += "&apos;"; return;
        default: break;
    }
    const bool is_character = character == U'\t' || character == U'\n' || character == U'\r' ||
                              (character >= U' ' && character < 0xd800) ||
                              (character >= 0xe000 && character < 0xfffe) ||
                              (character >= 0x10000 && character <= 0x10ffff);
    append_utf8(document, is_character ? character : replacement_character);
}

}  // namespace loopscope
