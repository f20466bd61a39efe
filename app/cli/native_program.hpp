// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/python_program.hpp"
#include "core/base/result.hpp"

namespace loopscope::cli {

struct RecordRequest;

/// Returns the path of a program that the system runs by itself, an ELF file, as a shell finds it by its
/// name. Empty: there is none of that name, or it is something else, such as a script.
std::filesystem::path find_native_program(const std::string& name);

/// Returns what is known of a native program, which has the recorder built in, or has not: only running it
/// tells. `words` are its name and its arguments.
Result<PythonProgram> native_program(const std::filesystem::path& path,
                                     const std::vector<std::string>& words);

/// Fails if a request about a native program says what has a meaning for Python programs only.
Result<void> check_native(const RecordRequest& request);

}  // namespace loopscope::cli
