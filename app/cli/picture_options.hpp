#pragma once

#include <string_view>

#include "app/gl/size.hpp"
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

}  // namespace loopscope::cli
