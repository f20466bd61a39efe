// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/session/session.hpp"

namespace loopscope::panels {

/// The maximum length of what is copied, in bytes: what is longer belongs into a file.
inline constexpr std::size_t max_copied = std::size_t{1} << 20;

/// Returns what the program has printed up to the cursor, as OUTPUT shows it: a line for each print if it
/// prints more than single characters. If it is too long, its end, behind an ellipsis.
std::string output_text(const session::Session& session);

}  // namespace loopscope::panels
