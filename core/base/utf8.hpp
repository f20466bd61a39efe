#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loopscope {

/// What stands for what cannot be shown.
inline constexpr char32_t replacement_character = U'\uFFFD';

/// The character that a text begins with.
struct Utf8Character {
    char32_t code = replacement_character;
    std::size_t size = 1;  ///< in bytes
    bool valid = false;    ///< else it is one byte that is no UTF-8
};

/// Returns the first character of a text (RFC 3629: overlong forms and surrogates are none). REQUIRES: the
/// text is not empty.
Utf8Character first_character(std::string_view text);

/// Appends a character. REQUIRES: it is no surrogate, and at most U+10FFFF.
void append_utf8(std::string& text, char32_t character);

/// Returns the text with what is no UTF-8 replaced by U+FFFD: other tools refuse a whole file for one bad
/// byte.
std::string clean_utf8(std::string_view text);

}  // namespace loopscope
