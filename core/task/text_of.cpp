// SPDX-License-Identifier: MIT
#include "core/task/text_of.hpp"

namespace loopscope::task {

std::string in_quotes(std::string_view text) {
    const char quote =
        text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos ? '"' : '\'';
    std::string result(1, quote);
    for (const char each : text) {
        if (each == quote || each == '\\') result += '\\';
        result += each == '\n' ? std::string("\\n") : std::string(1, each);
    }
    return result + quote;
}

}  // namespace loopscope::task
