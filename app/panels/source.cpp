#include "app/panels/source.hpp"

#include <algorithm>

namespace loopscope::panels {

std::vector<std::string_view> source_lines(const session::About& about) {
    const std::string_view text = about.source;
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

std::string_view source_line(const session::About& about, std::uint32_t line) {
    const std::vector<std::string_view> lines = source_lines(about);
    if (line == 0 || line > lines.size()) return {};
    const std::string_view text = lines[line - 1];
    const std::size_t start = text.find_first_not_of(' ');
    return start == std::string_view::npos ? std::string_view() : text.substr(start);
}

}  // namespace loopscope::panels
