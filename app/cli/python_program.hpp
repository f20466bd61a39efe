// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace loopscope::cli {

/// A Python program as the user names it, and the Python that runs it.
struct PythonProgram {
    std::string python;                  ///< the path of its Python
    std::vector<std::string> arguments;  ///< what that Python gets: SCRIPT ARGS… or -m MODULE ARGS…
    std::string name;                    ///< what its trace is called: "app.py", "package.module"
    std::string stem;                    ///< what files about it are called, without an ending: "app"
    std::vector<std::string> sources;    ///< the paths by which its source may be named; empty: not known

    /// Finds a program: a script, a folder or archive with a `__main__`, a module (`-m NAME`), or a script
    /// that is installed (a name to be looked for in PATH, whose first line names a Python). `python`: the
    /// Python that the user named; none: the one of an installed script, or else `python3` of PATH. Fails if
    /// there is no such script, or no such Python. REQUIRES: `words` is not empty.
    static Result<PythonProgram> find(const std::vector<std::string>& words,
                                      const std::optional<std::string>& python);
};

/// Returns the path of a program as a shell finds it: of a name without a slash the first that can be run in
/// the folders of PATH. Empty: there is none.
std::filesystem::path find_executable(const std::string& name);

}  // namespace loopscope::cli
