#pragma once

#include <filesystem>

namespace loopscope {

/// The file that a path stands for: absolute, and with links followed, also one that leads to a file that is
/// not there yet. So a link survives a replacement, and a later change of the working directory does not
/// matter.
std::filesystem::path resolved(const std::filesystem::path& path);

/// Whether two paths stand for one file, be it through links, or one that is still to be made.
bool is_same_file(const std::filesystem::path& one, const std::filesystem::path& other);

/// Whether a path stands for the file that a descriptor is open on.
bool is_open_as(const std::filesystem::path& path, int descriptor);

}  // namespace loopscope
