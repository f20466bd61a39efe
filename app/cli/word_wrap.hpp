// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loopscope::cli {

/// Returns a text in lines of at most `width` characters, each behind an indentation, which does not count.
/// Breaks it at spaces, keeps its own line breaks, and ends it with one. A word that is longer has a line of
/// its own.
std::string word_wrap(std::string_view text, std::size_t width, std::string_view indentation = {});

}  // namespace loopscope::cli
