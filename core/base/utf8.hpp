// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// The replacement character U+FFFD, for bytes that cannot be shown.
inline constexpr char32_t replacement_character = U'\uFFFD';

/// The first character of a text.
struct Utf8Character {
    char32_t code = replacement_character;
    std::size_t size = 1;  ///< in bytes
    bool valid = false;    ///< false: it is one byte that is not valid UTF-8
};

/// Returns the first character of a text (RFC 3629: overlong forms and surrogates are invalid). REQUIRES: the
/// text is not empty.
Utf8Character first_character(std::string_view text);

/// Returns whether a byte is a continuation byte of UTF-8.
constexpr bool continues_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U;
}

/// Returns the bytes of the first character of a text; where the text is not valid UTF-8, a byte and up to
/// three continuation bytes after it. Returns nothing for an empty text.
std::string_view first_character_bytes(std::string_view text);

/// Returns the characters of a text, each as first_character_bytes() returns it.
std::vector<std::string_view> characters(std::string_view text);

/// Appends a character as UTF-8. REQUIRES: `character` is not a surrogate, and at most U+10FFFF.
void append_utf8(std::string& text, char32_t character);

/// Returns `text` with every byte that is not valid UTF-8 replaced by U+FFFD: other tools refuse a whole file
/// for one such byte.
std::string clean_utf8(std::string_view text);

}  // namespace loopscope
