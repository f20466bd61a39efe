// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

namespace loopscope::cli {

/// Runs the program and catches any exception that nothing else has caught, such as those for lack of memory
/// or threads: writes a sentence about it to stderr. An exception that leaves a destructor, or a thread
/// without a catch of its own, ends the program in the same way. Returns the exit code.
int with_last_catch(const std::function<int()>& program);

}  // namespace loopscope::cli
