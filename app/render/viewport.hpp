// SPDX-License-Identifier: MIT
#pragma once

#include "app/gl/region.hpp"
#include "app/gl/size.hpp"
#include "app/timeline/draw_list.hpp"

namespace loopscope::render {

/// Where a DrawList is drawn, in whole pixels of the framebuffer from its top left, so that what is aligned
/// to pixels in the list is aligned on the screen.
struct Viewport {
    gl::Size framebuffer;  ///< size of the whole framebuffer
    int x = 0;             ///< x of the list's origin
    int y = 0;
    gl::Region clip;  ///< nothing is drawn outside of it

    /// Returns the viewport of a list that fills the framebuffer, with nothing clipped.
    static Viewport whole(gl::Size framebuffer) { return {framebuffer, 0, 0, {0, 0, framebuffer}}; }

    /// Returns whether something of what a rectangle of the list contains may be within the clip. Without a
    /// GPU, shapes that are clipped away cost as much as small ones that are drawn.
    [[nodiscard]] bool may_show(const timeline::Rect& rect) const {
        constexpr float edge = 1;  // pixels that are drawn beside a shape, to smooth it
        const auto left = static_cast<float>(clip.x - x) - edge;
        const auto top = static_cast<float>(clip.y - y) - edge;
        return rect.right() > left && rect.x < left + static_cast<float>(clip.size.width) + 2 * edge &&
               rect.bottom() > top && rect.y < top + static_cast<float>(clip.size.height) + 2 * edge;
    }
};

}  // namespace loopscope::render
