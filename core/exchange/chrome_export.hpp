#pragma once

#include <filesystem>

#include "core/base/result.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// Writes a log as Chrome's trace events in JSON, for chrome://tracing, ui.perfetto.dev and others: a thread
/// for each task, steps and waits as slices, prints as instants, spawns and wakes as flows. The file is
/// replaced as a whole, or left as it was. REQUIRES: trace::check accepts the log.
[[nodiscard]] Result<void> write_chrome(const std::filesystem::path& path, const trace::Log& log);

}  // namespace loopscope::exchange
