// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/session/session.hpp"
#include "core/explain/why.hpp"

namespace loopscope::panels {

/// The language in which a program's source is shown.
enum class Language : std::uint8_t { native, python };

/// Returns the other language.
constexpr Language other(Language language) {
    return language == Language::native ? Language::python : Language::native;
}

/// Returns the lines of a file that a trace names by its number: of file 1, the program's source, those in
/// this language. Empty: its text is not known.
const std::vector<std::string>& source_lines(const feed::About& about, Language language,
                                             std::uint32_t file = 1);

/// Returns the number, from 1, of the line in this language that corresponds to a line that a trace names; 0
/// if there is none.
std::uint32_t line_number(const feed::About& about, Language language, std::uint32_t line);

/// Returns the lines that a trace may name for a line of this language; none if no trace names the line.
std::vector<std::uint32_t> native_lines(const feed::About& about, Language language, std::uint32_t number);

/// Returns the text of the line that corresponds to a line of a file that a trace names, without its
/// indentation; empty if there is none.
std::string_view source_line(const feed::About& about, Language language, std::uint32_t line,
                             std::uint32_t file = 1);

/// Returns the name of the source file.
std::string_view source_file(const feed::About& about, Language language);

/// A line of a file by its number.
struct FileLine {
    std::uint32_t file = 1;
    std::uint32_t line = 0;  ///< 0: none
};

/// Returns the line that WHY speaks of at a cursor: that of the print, read, write or suspension that is told
/// there, or else the one that the handle has reached. Line 0 between handles, and where the trace says none.
FileLine told_line(const explain::Facts& facts);

}  // namespace loopscope::panels
