// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/utf8.hpp"

namespace loopscope {

/// The maximum number of bytes of a text that a sentence quotes: more would bury the sentence.
inline constexpr std::size_t max_excerpt = 240;

/// Returns the beginning of a UTF-8 text: at most `max_bytes` bytes of it, cut between two characters.
inline std::string_view beginning_of(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) return text;
    std::size_t end = max_bytes;
    // A character has at most three bytes after its first; anything longer is not UTF-8 and may be cut
    // anywhere.
    const std::size_t lowest = end - std::min<std::size_t>(end, 3);
    while (end > lowest && continues_character(text[end])) --end;
    return text.substr(0, end);
}

/// Returns a text as a sentence quotes it: its first `max_excerpt` bytes, with an ellipsis if it is longer.
/// Names and prints in other people's files can have many megabytes, and sentences are made in every frame.
inline std::string excerpt(std::string_view text) {
    if (text.size() <= max_excerpt) return std::string(text);
    return std::string(beginning_of(text, max_excerpt)) + "…";
}

}  // namespace loopscope
