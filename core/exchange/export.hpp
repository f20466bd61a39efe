#pragma once

#include <filesystem>

#include "core/base/result.hpp"
#include "core/trace/log.hpp"

/// Traces for other tools. Each file is replaced as a whole, or left as it was. REQUIRES: trace::check
/// accepts the log.
namespace loopscope::exchange {

/// Chrome's trace events as JSON, for chrome://tracing, ui.perfetto.dev and others: a thread for each task,
/// steps and waits as slices, prints as instants, spawns and wakes as flows.
[[nodiscard]] Result<void> write_chrome(const std::filesystem::path& path, const trace::Log& log);

/// The same as Perfetto's protobuf: smaller, exact to the nanosecond, and with a track of its own for each
/// task.
[[nodiscard]] Result<void> write_perfetto(const std::filesystem::path& path, const trace::Log& log);

/// An event a line, as `loopscope run --events` writes it.
[[nodiscard]] Result<void> write_text(const std::filesystem::path& path, const trace::Log& log);

/// An event a row: its number, nanoseconds, kind, the three fields as numbers, its line and what it says.
[[nodiscard]] Result<void> write_csv(const std::filesystem::path& path, const trace::Log& log);

}  // namespace loopscope::exchange
