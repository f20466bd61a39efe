#pragma once

#include <optional>
#include <string>
#include <vector>

namespace loopscope::cli {

/// The arguments of `loopscope record`, as the user wrote them.
struct RecordRequest {
    std::optional<std::string> python;
    std::vector<std::string> watched;   ///< names of globals and of class attributes
    std::vector<std::string> switches;  ///< TIME=[NAME:]STORAGE
    bool virtual_clock = false;
    bool children = false;
    std::string lines = "user";
    std::optional<std::string> limit;   ///< of the records: "500M"
    std::optional<std::string> output;  ///< a .loopscope file
    std::vector<std::string> program;   ///< SCRIPT ARGS…, or -m MODULE ARGS…
};

/// Takes the program and its arguments off a command line: what stands from the first word on that is neither
/// an option of `loopscope record` nor an option's value. `words` are those after `record`; what is left of
/// them are the options.
std::vector<std::string> take_program(std::vector<std::string>& words);

/// Records a Python program. Its standard streams and its exit code are those of this process; what Loopscope
/// says is on stderr. Returns the exit code.
int record_command(const RecordRequest& request);

}  // namespace loopscope::cli
