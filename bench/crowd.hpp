// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/log.hpp"

namespace loopscope::bench {

inline constexpr int crowd_tasks = 10'000;

/// Runs tasks that sleep, wait for each other, set a variable and print it, until the trace has `events`
/// events.
void run_crowd(trace::Log& log, std::uint32_t events, int tasks = crowd_tasks);

}  // namespace loopscope::bench
