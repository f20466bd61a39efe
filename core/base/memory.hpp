// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>

namespace loopscope {

/// Returns how many bytes of memory this process has that the system can only take back by swapping; none if
/// the system does not tell. Takes some microseconds. Thread-safe.
std::optional<std::size_t> memory_in_use();

/// Returns how many bytes of memory this process may have: the machine's, or less where it is in a group with
/// a limit (Linux's cgroup v2, memory.max); none if the system does not tell. Thread-safe.
std::optional<std::size_t> memory_of_machine();

}  // namespace loopscope
