// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/session/session.hpp"

namespace loopscope::cli {

/// Makes a setup of arguments: a program, its storage, its parameters and its schedule. Each of `settings` is
/// NAME=VALUE, and an empty schedule is asyncio's own order. Fails if an argument cannot be understood.
Result<feed::Setup> make_setup(const std::string& program, const std::string& storage,
                               const std::vector<std::string>& settings, const std::string& schedule = {});

/// Returns a time that is written like a parameter: 0.5 or 500ms. The error names `option`.
Result<Time> parse_time(std::string_view option, std::string_view text);

}  // namespace loopscope::cli
