#pragma once

#include "app/cli/screen.hpp"
#include "app/gl/image.hpp"
#include "app/gl/size.hpp"
#include "app/session/session.hpp"
#include "app/timeline/comparison_picture.hpp"
#include "app/timeline/theme.hpp"

namespace loopscope::cli {

/// The minimum and maximum width and height of a picture, in pixels.
inline constexpr int smallest_side = 320;
inline constexpr int largest_side = 8192;

/// Returns the size in a text WIDTHxHEIGHT, in pixels. Fails if it is another text, or a side is not within
/// `smallest_side` and `largest_side`.
Result<gl::Size> parse_size(std::string_view text);

/// Returns the theme of that name. The error lists all names.
Result<const timeline::Theme*> parse_theme(std::string_view name);

/// Returns a picture of the whole screen as the window would show it. It is drawn off-screen, so no display
/// is needed. Fails if OpenGL cannot draw it.
Result<gl::Image> draw_picture(session::Session session, gl::Size size, const timeline::Theme& theme);

/// Writes a picture of the whole screen to a PNG file, and reports an error. Returns the exit code.
int write_picture(session::Session session, const std::string& path, gl::Size size,
                  const timeline::Theme& theme);

/// Returns a picture of a comparison of two outputs, drawn off-screen. Fails if OpenGL cannot draw it.
Result<gl::Image> draw_picture(const timeline::ComparisonPicture& picture, gl::Size size);

}  // namespace loopscope::cli
