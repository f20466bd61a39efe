// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// Writes a trace as Perfetto's protobuf, for ui.perfetto.dev: what write_chrome writes, with tasks as tracks
/// of the process and OS threads as threads. The file is replaced as a whole, or left as it was. Fails also
/// if `progress` stops it. REQUIRES: trace::check accepts the log.
[[nodiscard]] Result<void> write_perfetto(const std::filesystem::path& path, const trace::Log& log,
                                          const format::Info& info = {}, const Progress& progress = {});

}  // namespace loopscope::exchange
