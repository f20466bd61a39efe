// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "core/base/result.hpp"

namespace loopscope {

/// A new folder to which only the user has access, and which is removed with all that is in it in the end.
/// As long as it lives its owner has a lock of it (flock), so that others can tell whether anybody is
/// interested in what they write there.
class PrivateFolder {
  public:
    /// Makes a folder in that of the user's session (XDG_RUNTIME_DIR), or in that for temporary files.
    static Result<PrivateFolder> create();

    PrivateFolder(PrivateFolder&& other) noexcept;
    PrivateFolder& operator=(PrivateFolder&& other) = delete;
    ~PrivateFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    PrivateFolder(std::filesystem::path path, int descriptor);

    std::filesystem::path path_;
    int descriptor_;
};

}  // namespace loopscope
