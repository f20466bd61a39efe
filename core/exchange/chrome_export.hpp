// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// Writes a trace as Chrome's trace events in JSON, for chrome://tracing, Perfetto and speedscope. Tasks and
/// the loop are threads of one process, which say in their records' arguments what Loopscope needs to read
/// the trace again as it was; tracks of an imported trace are what they were. The file is replaced as a
/// whole, or left as it was. Fails also if `progress` stops it. REQUIRES: trace::check accepts the log.
[[nodiscard]] Result<void> write_chrome(const std::filesystem::path& path, const trace::Log& log,
                                        const format::Info& info = {}, const Progress& progress = {});

}  // namespace loopscope::exchange
