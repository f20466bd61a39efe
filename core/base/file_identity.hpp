// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace loopscope {

/// Returns the path of the file that `path` stands for: absolute and with links followed, including a link to
/// a file that does not exist yet. So a link survives when its file is replaced, and a later change of the
/// working directory does not matter. Never fails: a path that cannot be resolved is returned as far as it
/// could be.
std::filesystem::path resolved(const std::filesystem::path& path);

/// Returns whether two paths stand for one file, be it through links, or be it one that does not exist yet.
bool is_same_file(const std::filesystem::path& one, const std::filesystem::path& other);

/// Returns whether `path` stands for the file that `descriptor` is open on.
bool is_open_as(const std::filesystem::path& path, int descriptor);

}  // namespace loopscope
