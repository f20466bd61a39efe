// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/exchange/older_export.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// Writes the events that a run of a program may have had to a log: its tasks, steps, callbacks, prints,
/// spawns, wakes and waits. Handles become ready in the order in which they ran, at the latest moment at
/// which they can have. What was read and written of variables is not known.
///
/// Returns false if the handles cannot have become ready in that order, or if the run is strange. What was
/// written has to be checked: it may be no trace. `program` is what the trace calls its program.
[[nodiscard]] bool write_older_run(trace::Log& log, const OlderRun& run, const std::string& program);

}  // namespace loopscope::exchange
