#pragma once

#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::cli {

/// What `loopscope open` was asked for, as the user wrote it.
struct OpenRequest {
    std::string file;
    std::optional<std::string> png;
    std::optional<std::string> svg;
    std::string size = "1920x1080";
    std::string theme = "dark";
    std::optional<std::uint32_t> at;
};

/// Opens the window on a trace, or draws a picture of it. Gives the exit code.
int open_command(const OpenRequest& request);

/// Reads a trace and writes it as the second name's ending says: .loopscope, .json, .pftrace, .txt or .csv.
/// Gives the exit code.
int convert_command(const std::string& from, const std::string& to);

/// Writes a log as a name's ending says.
Result<void> write_trace(const std::string& path, const trace::Log& log, const format::Info& info);

}  // namespace loopscope::cli
