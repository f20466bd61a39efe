// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/native_program.hpp"
#include "app/cli/python_program.hpp"
#include "core/base/result.hpp"
#include "core/feed/python_runner.hpp"

namespace loopscope::cli {

/// The arguments of `loopscope record`, `live` and `explore`, as the user wrote them.
struct RecordRequest {
    std::optional<std::string> python;
    std::vector<std::string> watched;   ///< names of globals and of class attributes
    std::vector<std::string> switches;  ///< TIME=[NAME:]STORAGE
    bool virtual_clock = false;
    bool children = false;
    std::string lines = "user";
    std::optional<std::string> limit;   ///< of the records: "500M"
    std::optional<std::string> output;  ///< a .loopscope file
    std::optional<std::string> html;    ///< a page for any browser, with the recording inside
    std::string schedule;  ///< as `explore` names it; empty: the order in which things happen by themselves
    std::vector<std::string> program;  ///< SCRIPT ARGS…, -m MODULE ARGS…, or PROGRAM ARGS…
};

/// Takes the program and its arguments off a command line: what stands from the first word on that is neither
/// an option of these commands nor an option's value. `words` are those after the command; what is left of
/// them are the options.
std::vector<std::string> take_program(std::vector<std::string>& words);

/// What a request comes to: which program is run, how, and where its trace goes.
struct RecordPlan {
    PythonProgram program;                 ///< of one with the recorder built in, all but its Python
    bool is_native = false;                ///< whether it is one
    std::vector<std::string> options;      ///< those that the launcher gets
    std::string limit = {};                ///< of the records, in bytes; empty: none
    std::string target;                    ///< the .loopscope file
    std::optional<std::string> html = {};  ///< a page that is written as well
    bool children = false;                 ///< whether the Python programs that it starts are recorded, too
    bool is_virtual = false;               ///< whether the loop's clock is virtual
    std::string schedule;                  ///< as explore::text_of writes it; empty: as things happen

    /// Makes the plan of a request of a command, whose name is for what is said. Fails if the request is not
    /// valid: nothing was done then.
    static Result<RecordPlan> create(const RecordRequest& request, std::string_view command);

    /// Returns what the trace says of the program.
    [[nodiscard]] feed::RecordedProgram about() const;
    /// Returns the program that records, and its arguments, once its files are where it finds them. `folder`
    /// is the one for the spool, `more` are further options. Fails if the files cannot be written.
    [[nodiscard]] Result<std::vector<std::string>> command_in(
        const std::filesystem::path& folder, const std::vector<std::string>& more = {}) const;
    /// Returns what the environment of that program says beside this process's: NAME=VALUE. `is_live`: it is
    /// stepped.
    [[nodiscard]] std::vector<std::string> environment_in(const std::filesystem::path& folder,
                                                          bool is_live = false) const;
    /// Returns the program as it is run under many schedules, without those that it starts.
    [[nodiscard]] feed::ExploredProgram explored() const;
};

}  // namespace loopscope::cli
