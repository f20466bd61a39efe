#pragma once

#include <string_view>

#include "app/session/session.hpp"

namespace loopscope::panels {

/// A line of the program's source, from 1, without its indentation; empty if there is none.
std::string_view source_line(const session::About& about, std::uint32_t line);

/// The program's source as lines.
std::vector<std::string_view> source_lines(const session::About& about);

}  // namespace loopscope::panels
