#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace loopscope {

/// How much of a text a sentence quotes, in bytes: more would bury the sentence.
inline constexpr std::size_t max_excerpt = 240;

/// Returns the beginning of a UTF-8 text: at most `max_bytes` of it, cut between two characters.
inline std::string_view beginning_of(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) return text;
    std::size_t end = max_bytes;
    // A character has at most three bytes behind its first; what has more is no UTF-8, and cut anywhere.
    const std::size_t lowest = end - std::min<std::size_t>(end, 3);
    while (end > lowest && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    return text.substr(0, end);
}

/// Returns a text as a sentence quotes it: its beginning and an ellipsis where it is longer than
/// `max_excerpt`. Files of strangers have names and prints of many megabytes, and sentences are made in each
/// frame.
inline std::string excerpt(std::string_view text) {
    if (text.size() <= max_excerpt) return std::string(text);
    return std::string(beginning_of(text, max_excerpt)) + "…";
}

}  // namespace loopscope
