#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/trace/index.hpp"
#include "core/trace/state.hpp"

namespace loopscope::explain {

/// By what siblings are sorted.
enum class TaskOrder : std::uint8_t {
    creation,  ///< the oldest first
    name,      ///< as people sort names: worker 2 before worker 10
    chain,     ///< by their chains' symbols
    state,     ///< running, ready, waiting, ended
};

/// "as created", "by name", …
std::string_view name(TaskOrder order);

/// A number for each task, in order of creation: tasks with smaller ones come first, equal ones as they were
/// created. Empty: all are equal. What `state` does not know yet comes last.
std::vector<std::uint32_t> ranks(const trace::Log& log, const trace::Index& index, const trace::State& state,
                                 TaskOrder order);

/// Whether a text comes before another as people sort names: runs of digits by their value.
bool natural_less(std::string_view one, std::string_view other);

}  // namespace loopscope::explain
