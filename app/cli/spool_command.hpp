// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace loopscope::cli {

/// The arguments of `loopscope spool`, as the user wrote them.
struct SpoolRequest {
    /// Only say where the recorder's files for Python are: in this folder, if the user has no cache.
    std::optional<std::string> recorder;
    std::optional<std::string> spool;   ///< what a recorder has written
    std::optional<std::string> output;  ///< a .loopscope file
    std::string name = "recording";     ///< what the trace is called
    std::string note;
    std::string schedule;  ///< the one that it ran under, as explore::text_of writes it
};

/// Makes a trace of the records that a recorder of somebody else's has left, as the plugin for pytest does;
/// or prints the folder with the recorder's files for Python. Returns the exit code.
int spool_command(const SpoolRequest& request);

}  // namespace loopscope::cli
