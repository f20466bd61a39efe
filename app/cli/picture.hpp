#pragma once

#include "app/cli/screen.hpp"
#include "app/gl/image.hpp"
#include "app/gl/size.hpp"
#include "app/session/session.hpp"
#include "app/timeline/comparison_picture.hpp"
#include "app/timeline/theme.hpp"

namespace loopscope::cli {

/// Sides of pictures, in pixels.
inline constexpr int smallest_side = 320;
inline constexpr int largest_side = 8192;

/// WIDTHxHEIGHT, each from `smallest_side` to `largest_side`.
Result<gl::Size> parse_size(std::string_view text);

/// The theme of a name. The error lists those that there are.
Result<const timeline::Theme*> parse_theme(std::string_view name);

/// The whole screen as the window would show it, drawn off-screen: no display is needed.
Result<gl::Image> draw_picture(session::Session session, gl::Size size, const timeline::Theme& theme);

/// Writes such a picture to a PNG file, and reports what goes wrong. Gives the exit code.
int write_picture(session::Session session, const std::string& path, gl::Size size,
                  const timeline::Theme& theme);

/// Two outputs one above the other, drawn off-screen.
Result<gl::Image> draw_picture(const timeline::ComparisonPicture& picture, gl::Size size);

}  // namespace loopscope::cli
