// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "app/cli/picture_options.hpp"
#include "core/base/result.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::cli {

/// The arguments of `loopscope open`, as the user wrote them.
struct OpenRequest {
    std::string file;
    std::optional<std::string> png;
    std::optional<std::string> svg;
    PictureRequest picture;
    std::optional<EventIndex> at;
    bool passed_over = false;  ///< list what of another tool's trace was passed over
};

/// The arguments of `loopscope convert`, as the user wrote them.
struct ConvertRequest {
    std::string from;
    std::string to;
    bool passed_over = false;  ///< list what of another tool's trace was passed over
};

/// Opens the window on a trace, or draws pictures of it. Returns the exit code.
int open_command(const OpenRequest& request);

/// Reads a trace and writes it in the format of the second name's ending: .loopscope, .json, .pftrace, .txt
/// or .csv. Returns the exit code.
int convert_command(const ConvertRequest& request);

/// Writes a log in the format of the name's ending; as .loopscope if the ending is none of the others. Fails
/// if the file cannot be written.
Result<void> write_trace(const std::string& path, const trace::Log& log, const format::Info& info);

}  // namespace loopscope::cli
