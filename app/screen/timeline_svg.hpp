#pragma once

#include <filesystem>

#include "app/gl/size.hpp"
#include "app/session/session.hpp"
#include "app/timeline/theme.hpp"

namespace loopscope::screen {

/// Writes the whole timeline as an SVG file, with the session's cursor. Needs neither a display nor OpenGL.
/// Fails if the fonts cannot be loaded or the file cannot be written.
[[nodiscard]] Result<void> write_timeline_svg(const session::Session& session,
                                              const std::filesystem::path& path, gl::Size size,
                                              const timeline::Theme& theme);

}  // namespace loopscope::screen
