#pragma once

#include <string>
#include <vector>

#include "app/session/session.hpp"

namespace loopscope::cli {

/// A program, its storage and its parameters from what the user wrote; `settings` are NAME=VALUE.
Result<session::Setup> make_setup(const std::string& program, const std::string& storage,
                                  const std::vector<std::string>& settings);

/// A time as parameters are written: 0.5, 500ms. `option` is named in the error.
Result<Time> parse_time(std::string_view option, std::string_view text);

}  // namespace loopscope::cli
