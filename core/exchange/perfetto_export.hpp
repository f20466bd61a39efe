#pragma once

#include <filesystem>

#include "core/base/result.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// Writes a log as Perfetto's protobuf: smaller than Chrome's JSON, exact to the nanosecond, and with a track
/// of its own for each task. The file is replaced as a whole, or left as it was. REQUIRES: trace::check
/// accepts the log.
[[nodiscard]] Result<void> write_perfetto(const std::filesystem::path& path, const trace::Log& log);

}  // namespace loopscope::exchange
