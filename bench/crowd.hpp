// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "core/trace/log.hpp"

namespace loopscope::bench {

inline constexpr int crowd_tasks = 10'000;

/// Runs tasks that sleep, wait for each other, set a variable and print it, until the trace has `events`
/// events. Calls `between` after each handle, if it is given.
void run_crowd(trace::Log& log, std::uint32_t events, int tasks = crowd_tasks,
               const std::function<void()>& between = {});

}  // namespace loopscope::bench
