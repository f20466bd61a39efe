// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/log.hpp"

namespace loopscope::bench {

/// Runs a server's like: a task that creates requests, each with a task of its own that it waits for, until
/// `tasks` tasks were created. Some dozens live at a time. Each request sets a variable and prints it.
void run_visitors(trace::Log& log, int tasks);

}  // namespace loopscope::bench
