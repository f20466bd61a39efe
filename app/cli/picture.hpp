#pragma once

#include "app/gl/image.hpp"
#include "app/gl/size.hpp"
#include "app/session/session.hpp"
#include "app/timeline/comparison_picture.hpp"

namespace loopscope::cli {

/// Sides of pictures, in pixels.
inline constexpr int smallest_side = 320;
inline constexpr int largest_side = 8192;

/// WIDTHxHEIGHT, each from `smallest_side` to `largest_side`.
Result<gl::Size> parse_size(std::string_view text);

/// The whole screen as the window would show it, drawn off-screen: no display is needed.
Result<gl::Image> draw_picture(session::Session session, gl::Size size);

/// Two outputs one above the other, drawn off-screen.
Result<gl::Image> draw_picture(const timeline::ComparisonPicture& picture, gl::Size size);

}  // namespace loopscope::cli
