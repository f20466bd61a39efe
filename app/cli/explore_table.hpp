// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "core/explore/explore.hpp"

namespace loopscope::cli {

/// Returns the table of an exploration: a row for each outcome that is listed, with its share and a schedule
/// that gives it, and a sentence on the shortest one that leaks. `title` is what was explored; `numbered`:
/// each row begins with its number, from 1. The text depends on the report alone.
std::string explore_table(std::string_view title, const explore::Report& report, bool numbered);

}  // namespace loopscope::cli
