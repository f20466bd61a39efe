#pragma once

#include <functional>

namespace loopscope::cli {

/// Runs the program, and catches what nothing else did: no memory, no threads. Says what it was in a
/// sentence. What escapes from elsewhere, such as a destructor or a thread without a catch of its own, ends
/// the program in the same way. Returns the exit code.
int with_last_catch(const std::function<int()>& program);

}  // namespace loopscope::cli
