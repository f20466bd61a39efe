// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <span>

#include "app/gl/size.hpp"
#include "app/session/session.hpp"
#include "app/timeline/theme.hpp"
#include "core/base/progress.hpp"
#include "core/trace/mark.hpp"

namespace loopscope::export_ {

/// What a drawing of the timeline shows. Refers, owns nothing.
struct DrawnTrace {
    const trace::Log& log;
    const trace::Index& index;
    EventIndex cursor;
    std::span<const trace::Mark> marks;  ///< in the order of their events
};

/// How a drawing looks. Refers, owns nothing.
struct DrawingLook {
    gl::Size size;  ///< in pixels
    const timeline::Theme& theme;
    float text_size = 1;  ///< a factor, as in the window
};

/// Writes the whole timeline as an SVG file, with the cursor. Needs neither a display nor OpenGL. Calls
/// `progress` now and then, without knowing how far it is. Fails if the fonts cannot be loaded, the file
/// cannot be written, or `progress` stops it.
[[nodiscard]] Result<void> write_timeline_svg(const DrawnTrace& trace, const std::filesystem::path& path,
                                              const DrawingLook& look, const Progress& progress = {});

/// Writes the timeline of a session, as above.
[[nodiscard]] Result<void> write_timeline_svg(const session::Session& session,
                                              const std::filesystem::path& path, const DrawingLook& look);

}  // namespace loopscope::export_
