// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.hpp"

/// Failures of the operating system (errno) in words: what happened, and what to do about it.
namespace loopscope {

/// Returns why a file could not be opened or read: "there is no such file; check its name and folder".
Error read_reason(int error_number);

/// Returns why a file could not be created, written or renamed to its final name: "the disk is full; free
/// some space or save somewhere else". `folder` is the folder of the file.
Error write_reason(int error_number, const std::filesystem::path& folder);

/// Returns a failure whose message is `what` and, after a colon, the reason.
tl::unexpected<Error> fail(std::string what, const Error& reason);

}  // namespace loopscope
