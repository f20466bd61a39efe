// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/settings/document.hpp"

namespace loopscope::settings {

/// The place of a window on the screen, in screen coordinates.
struct Corner {
    int x = 0;
    int y = 0;

    friend bool operator==(const Corner&, const Corner&) = default;
};

/// The size and place that a window had, in screen coordinates.
struct WindowPlace {
    int width = 0;
    int height = 0;
    std::optional<Corner> corner;  ///< of the top left; none: the window system does not tell
    bool maximized = false;        ///< the rest is what the window has when it is not

    friend bool operator==(const WindowPlace&, const WindowPlace&) = default;
};

/// What is kept between two starts of the program.
struct Settings {
    std::string theme = "dark";
    float text_size = 1;  ///< a factor, from 0.5 to 3
    /// The shares that panels have of the room that they divide, from 0 to 1, by the names of their borders.
    /// A border that is not named has its default place.
    std::map<std::string, float, std::less<>> shares;
    std::set<std::string, std::less<>> hidden;  ///< the names of the panels that are not shown
    std::optional<WindowPlace> window;
    std::vector<std::filesystem::path> recent;  ///< the files opened or saved last, the latest first
    /// Files that are new in `recent` since the settings were saved, the latest last.
    std::vector<std::filesystem::path> opened;

    friend bool operator==(const Settings&, const Settings&) = default;

    /// Puts a file at the beginning of `recent`. A name with a line break is left out.
    void add_recent(const std::filesystem::path& file);
};

inline constexpr float min_text_size = 0.5F;
inline constexpr float max_text_size = 3;
/// The maximum number of recent files.
inline constexpr std::size_t max_recent = 10;

/// Settings that were read, and the first line that makes no sense: it counts for nothing. Empty: all do.
struct Read {
    Settings settings;
    std::string strange;
};

/// Returns the settings that two documents say: what the user has chosen, and how the window was left.
Read read(const Document& chosen, const Document& left);

/// Returns whether two settings differ in what the user has chosen.
bool chosen_differs(const Settings& before, const Settings& now);
/// Returns whether there is anything to write of how the window was left.
bool left_differs(const Settings& before, const Settings& now);

/// Writes the settings that differ into the document of what the user has chosen.
void write_chosen(const Settings& before, const Settings& now, Document& chosen);
/// Writes the settings that differ into the document of how the window was left. Recent files that other
/// windows have added stay.
void write_left(const Settings& before, const Settings& now, Document& left);

}  // namespace loopscope::settings
