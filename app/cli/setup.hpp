#pragma once

#include <string>
#include <vector>

#include "app/session/session.hpp"

namespace loopscope::cli {

/// A program, its storage, its parameters and its schedule from what the user wrote; `settings` are
/// NAME=VALUE, and an empty schedule is asyncio's own order.
Result<session::Setup> make_setup(const std::string& program, const std::string& storage,
                                  const std::vector<std::string>& settings, const std::string& schedule = {});

/// A time as parameters are written: 0.5, 500ms. `option` is named in the error.
Result<Time> parse_time(std::string_view option, std::string_view text);

}  // namespace loopscope::cli
