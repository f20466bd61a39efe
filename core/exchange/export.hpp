#pragma once

#include <filesystem>

#include "core/base/result.hpp"
#include "core/trace/log.hpp"

/// Exports traces to files for other tools. Each file is replaced as a whole, or left as it was. The
/// functions fail if the file cannot be written. REQUIRES: trace::check accepts the log.
namespace loopscope::exchange {

/// Writes Chrome's trace events as JSON, for chrome://tracing, ui.perfetto.dev and others: a thread for each
/// task, steps and waits as slices, prints as instants, spawns and wakes as flows.
[[nodiscard]] Result<void> write_chrome(const std::filesystem::path& path, const trace::Log& log);

/// Writes Perfetto's protobuf, with the contents of the Chrome trace, but smaller, exact to the nanosecond,
/// and with a track of its own for each task.
[[nodiscard]] Result<void> write_perfetto(const std::filesystem::path& path, const trace::Log& log);

/// Writes one event per line, as `loopscope run --events` prints them.
[[nodiscard]] Result<void> write_text(const std::filesystem::path& path, const trace::Log& log);

/// Writes CSV with one event per row: its number, its time in ns, its kind, its three fields as numbers, its
/// source line and its text.
[[nodiscard]] Result<void> write_csv(const std::filesystem::path& path, const trace::Log& log);

}  // namespace loopscope::exchange
