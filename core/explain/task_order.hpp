// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/trace/index.hpp"
#include "core/trace/state.hpp"

namespace loopscope::explain {

/// The order in which sibling tasks are listed.
enum class TaskOrder : std::uint8_t {
    creation,  ///< the oldest first
    name,      ///< as people sort names: worker 2 before worker 10
    chain,     ///< by their chains' symbols
    state,     ///< running, ready, waiting, ended
};

/// Returns the name of an order: "as created", "by name", …
std::string_view name(TaskOrder order);

/// Returns a rank for each task of the index, in order of creation: tasks are listed in ascending order of
/// rank, and equal ones in order of creation. Empty if all are equal. Under `TaskOrder::state`, tasks that
/// `state` does not know yet come last.
std::vector<std::uint32_t> ranks(const trace::Log& log, const trace::Index& index, const trace::State& state,
                                 TaskOrder order);

/// Returns whether `one` comes before `other` as people sort names: runs of digits by their value, everything
/// else by bytes.
bool natural_less(std::string_view one, std::string_view other);

}  // namespace loopscope::explain
