// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace loopscope {

/// The name of a temporary file: the file is removed by the destructor, and by a signal that ends the
/// process.
///
/// INVARIANT: what a signal handler may read is in memory that is never freed.
class TemporaryName {
  public:
    /// Takes charge of a path; its file need not exist yet. Signals remove at most a few such files (8) at a
    /// time, and none whose path has PATH_MAX bytes or more; the destructor removes any.
    explicit TemporaryName(std::filesystem::path path);
    TemporaryName(TemporaryName&& other) noexcept;
    TemporaryName& operator=(TemporaryName&& other) = delete;
    ~TemporaryName();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Gives up charge of the path without removing a file: it was renamed, or is not ours.
    void forget();

    /// Removes the temporary files of the whole process. Safe in a signal handler after which the process
    /// ends.
    static void remove_all();

  private:
    std::filesystem::path path_;  // empty: forgotten
    int location_ = -1;           // index among those that signals remove; -1: not there
};

}  // namespace loopscope
