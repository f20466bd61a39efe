// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// Writes an event a line, as `loopscope run --events` does; those of imported traces with the names of their
/// tracks, slices and counters. The file is replaced as a whole, or left as it
/// was. Fails also if `progress` stops it. REQUIRES: trace::check accepts the log.
[[nodiscard]] Result<void> write_text(const std::filesystem::path& path, const trace::Log& log,
                                      const Progress& progress = {});

/// Writes an event a row: its number, nanoseconds, kind, the three fields as numbers, its line and what it
/// says, as CSV (RFC 4180) in UTF-8, but for the lines' ends, which are line feeds alone. The file is
/// replaced as a whole, or left as it was. Fails also if `progress` stops it. REQUIRES: trace::check accepts
/// the log.
[[nodiscard]] Result<void> write_csv(const std::filesystem::path& path, const trace::Log& log,
                                     const Progress& progress = {});

}  // namespace loopscope::exchange
