#pragma once

#include <filesystem>

namespace loopscope {

/// A name in a folder that is not to stay: removed with this, and by a signal that ends the process.
///
/// INVARIANT: what a signal handler may meet of it is in memory that is never given back.
class TemporaryName {
  public:
    /// There need not be a file of that name yet. Beyond a few at once a name is not removed by signals.
    explicit TemporaryName(std::filesystem::path path);
    TemporaryName(TemporaryName&& other) noexcept;
    TemporaryName& operator=(TemporaryName&& other) = delete;
    ~TemporaryName();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Leaves the name be: the file has gone from it, or is not ours.
    void forget();

    /// Removes those of the whole process. Safe in a signal handler that ends the process after that.
    static void remove_all();

  private:
    std::filesystem::path path_;  // empty: forgotten
    int place_ = -1;              // among those that signals remove; -1: not there
};

}  // namespace loopscope
