#include "app/panels/source.hpp"

#include "core/scenario/catalogue.hpp"

namespace loopscope::panels {

const std::vector<std::string>& source_lines(const session::Setup& setup, Language language) {
    const scenario::Listings& listings = scenario::listings_of(*setup.program);
    return (language == Language::native ? listings.native : listings.twin).lines();
}

std::uint32_t line_number(const session::Setup& setup, Language language, std::uint32_t line) {
    return language == Language::native ? line : scenario::listings_of(*setup.program).twin_line(line);
}

std::string_view source_line(const session::Setup& setup, Language language, std::uint32_t line) {
    const std::vector<std::string>& lines = source_lines(setup, language);
    const std::uint32_t number = line_number(setup, language, line);
    if (number == 0 || number > lines.size()) return {};
    const std::string_view text = lines[number - 1];
    const std::size_t start = text.find_first_not_of(' ');
    return start == std::string_view::npos ? std::string_view() : text.substr(start);
}

std::string_view source_file(const session::Setup& setup, Language language) {
    return language == Language::native ? setup.program->source_file : setup.program->twin_file;
}

}  // namespace loopscope::panels
