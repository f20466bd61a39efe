// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/gl/size.hpp"
#include "app/screen/picture.hpp"
#include "app/timeline/theme.hpp"
#include "core/base/result.hpp"

namespace loopscope::cli {

/// Sides of pictures, in pixels.
inline constexpr int min_side = 320;
inline constexpr int max_side = 8192;

/// Returns the size that `--size WIDTHxHEIGHT` asks for. Fails unless each side is from `min_side` to
/// `max_side`.
Result<gl::Size> parse_size(std::string_view text);

/// Returns the theme that `--theme NAME` asks for. The error lists those that there are.
Result<const timeline::Theme*> parse_theme(std::string_view name);
/// Returns the theme that `--theme NAME` asks for; null if the option is not there. The error lists those
/// that there are.
Result<const timeline::Theme*> parse_theme_option(const std::optional<std::string>& name);

/// The options of a picture, as the user wrote them.
struct PictureRequest {
    std::string size = "1920x1080";
    std::string scale = "1";           ///< of text and of all else
    bool present = false;              ///< with the panels for a projector
    std::optional<std::string> theme;  ///< none: of a window the last one; of a picture as PictureLook says
};

/// What is drawn.
struct PictureOptions {
    gl::Size size;
    screen::PictureLook look;
};

/// Returns what the options of a picture ask for. Fails if one makes no sense; the error says what may be
/// said.
Result<PictureOptions> parse_picture(const PictureRequest& request);

/// Writes the timeline of a session as an SVG file that looks so.
[[nodiscard]] Result<void> draw_timeline(const session::Session& session, const std::filesystem::path& path,
                                         const PictureOptions& options);

}  // namespace loopscope::cli
