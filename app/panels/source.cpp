#include "app/panels/source.hpp"

#include <algorithm>

namespace loopscope::panels {

const std::vector<std::string>& source_lines(const feed::About& about, Language language) {
    const scenario::Listings& listings = *about.listings;
    return (language == Language::native ? listings.native : listings.twin).lines();
}

std::uint32_t line_number(const feed::About& about, Language language, std::uint32_t line) {
    return language == Language::native ? line : about.listings->twin_line(line);
}

std::vector<std::uint32_t> native_lines(const feed::About& about, Language language, std::uint32_t number) {
    if (language == Language::native) return {number};
    std::vector<std::uint32_t> lines;
    const auto count = static_cast<std::uint32_t>(about.listings->native.lines().size());
    for (std::uint32_t line = 1; line <= count; ++line) {
        if (about.listings->twin_line(line) == number) lines.push_back(line);
    }
    return lines;
}

std::string_view source_line(const feed::About& about, Language language, std::uint32_t line) {
    const std::vector<std::string>& lines = source_lines(about, language);
    const std::uint32_t number = line_number(about, language, line);
    if (number == 0 || number > lines.size()) return {};
    const std::string_view text = lines[number - 1];
    const std::size_t start = text.find_first_not_of(' ');
    return start == std::string_view::npos ? std::string_view() : text.substr(start);
}

std::string_view source_file(const feed::About& about, Language language) {
    return language == Language::native ? about.source_file : about.twin_file;
}

}  // namespace loopscope::panels
