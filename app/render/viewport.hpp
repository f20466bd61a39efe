// SPDX-License-Identifier: MIT
#pragma once

#include "app/gl/region.hpp"
#include "app/gl/size.hpp"

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
};

}  // namespace loopscope::render
