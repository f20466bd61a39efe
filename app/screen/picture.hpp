// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "app/gl/size.hpp"
#include "app/session/session.hpp"
#include "app/timeline/comparison_picture.hpp"
#include "app/timeline/theme.hpp"
#include "core/base/result.hpp"

namespace loopscope::panels {
class Workspace;
}

namespace loopscope::screen {

/// How a picture of the window looks.
struct PictureLook {
    const timeline::Theme* theme = nullptr;  ///< null: dark, or the projector's if it is presented
    bool presents = false;                   ///< with the panels for a projector
    float text_size = 1;                     ///< a factor, as in the window: how large everything is

    [[nodiscard]] const timeline::Theme& its_theme() const;
};

/// Has a workspace look so. REQUIRES: it was made for a picture, and no frame is under way.
void set_look(panels::Workspace& workspace, const PictureLook& look);

/// Writes the whole screen, as the window would show it, as a PNG file. Draws off-screen: needs no display.
[[nodiscard]] Result<void> write_picture(const std::filesystem::path& path, session::Session session,
                                         gl::Size size, const PictureLook& look);

/// Writes two outputs one above the other as a PNG file, drawn off-screen.
[[nodiscard]] Result<void> write_picture(const std::filesystem::path& path,
                                         const timeline::ComparisonPicture& picture, gl::Size size);

}  // namespace loopscope::screen
