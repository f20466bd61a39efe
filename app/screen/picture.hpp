#pragma once

#include <filesystem>

#include "app/gl/size.hpp"
#include "app/session/session.hpp"
#include "app/timeline/comparison_picture.hpp"
#include "app/timeline/theme.hpp"
#include "core/base/result.hpp"

namespace loopscope::screen {

/// Writes the whole screen, as the window would show it, as a PNG file. Draws off-screen: needs no display.
[[nodiscard]] Result<void> write_picture(const std::filesystem::path& path, session::Session session,
                                         gl::Size size, const timeline::Theme& theme);

/// Writes two outputs one above the other as a PNG file, drawn off-screen.
[[nodiscard]] Result<void> write_picture(const std::filesystem::path& path,
                                         const timeline::ComparisonPicture& picture, gl::Size size);

}  // namespace loopscope::screen
