// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/settings/settings.hpp"
#include "core/base/result.hpp"

namespace loopscope::settings {

/// The files in which settings are kept: `settings` for what the user has chosen, and `state` for how the
/// window was left and which files were opened, in the folders that the XDG Base Directory Specification
/// names. Several windows may keep theirs at once: each writes no more than what it has changed.
class Store {
  public:
    /// The environment variable that switches settings off, if it is `off`.
    static constexpr const char* variable = "LOOPSCOPE_SETTINGS";

    /// Returns the store of the user; nothing if settings are switched off, or if there is no home.
    static std::optional<Store> of_environment();
    Store(const std::filesystem::path& config_folder, const std::filesystem::path& state_folder);

    /// What was kept, and a sentence for the user about what could not be understood; empty: all could.
    struct Loaded {
        Settings settings;
        std::string notice;
    };
    /// Reads the files. One that is not there, or cannot be read or understood, stands for the defaults.
    [[nodiscard]] Loaded load() const;
    /// Writes what differs between two settings, in place of files that are replaced as a whole. A file that
    /// cannot be understood stays as it is. Waits for other windows that write, and for the disk. Fails if a
    /// file cannot be written.
    [[nodiscard]] Result<void> save(const Settings& before, const Settings& now) const;

  private:
    std::filesystem::path chosen_;
    std::filesystem::path left_;
};

}  // namespace loopscope::settings
