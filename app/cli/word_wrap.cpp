// SPDX-License-Identifier: MIT
#include "app/cli/word_wrap.hpp"

#include "core/base/utf8.hpp"

namespace loopscope::cli {

std::string word_wrap(std::string_view text, std::size_t width, std::string_view indentation) {
    std::string result;
    std::size_t column = 0;
    const auto begin_line = [&] {
        result += result.empty() ? "" : "\n";
        column = 0;
    };
    while (!text.empty()) {
        const std::size_t end = text.find_first_of(" \n");
        const std::string_view word = text.substr(0, end);
        const std::size_t length = characters(word).size();
        if (!word.empty()) {
            if (column > 0 && column + length > width) begin_line();
            result += column == 0 ? indentation : std::string_view(" ");
            result += word;
            column += length + 1;
        }
        if (end == std::string_view::npos) break;
        if (text[end] == '\n') begin_line();
        text.remove_prefix(end + 1);
    }
    return result + "\n";
}

}  // namespace loopscope::cli
