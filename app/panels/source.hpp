#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/session/session.hpp"

namespace loopscope::panels {

/// What a program's source is shown in.
enum class Language : std::uint8_t { native, python };

/// The other one.
constexpr Language other(Language language) {
    return language == Language::native ? Language::python : Language::native;
}

/// The program's source as lines.
const std::vector<std::string>& source_lines(const session::About& about, Language language);

/// The number of the line, from 1, that stands in this language for a line that a trace names; 0: none.
std::uint32_t line_number(const session::About& about, Language language, std::uint32_t line);

/// The lines that a trace may name for a line of this language: none for a line of Python that no trace
/// names.
std::vector<std::uint32_t> native_lines(const session::About& about, Language language, std::uint32_t number);

/// That line without its indentation; empty if there is none.
std::string_view source_line(const session::About& about, Language language, std::uint32_t line);

/// The name of the file.
std::string_view source_file(const session::About& about, Language language);

}  // namespace loopscope::panels
