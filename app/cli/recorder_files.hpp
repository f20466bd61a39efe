// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "core/base/result.hpp"

namespace loopscope::cli {

/// Returns the folder that has the recorder's files for Python, all of them as they are embedded in this
/// program: `loopscope/HASH` in the user's cache, to which nobody else has access, or `spare` if there is no
/// such cache. Files that are missing there, or that are others, are written, each as a whole, so that
/// several processes may do so at once.
Result<std::filesystem::path> unpack_recorder(const std::filesystem::path& spare);

}  // namespace loopscope::cli
