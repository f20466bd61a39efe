#pragma once

#include "app/gl/region.hpp"
#include "app/gl/size.hpp"

namespace loopscope::render {

/// Where a DrawList goes, in whole pixels of the framebuffer, from its top left: so what is aligned to pixels
/// stays so.
struct Viewport {
    gl::Size framebuffer;  ///< Size of what is drawn into, all of it.
    int x = 0;             ///< Where the list's origin is.
    int y = 0;
    gl::Region clip;  ///< Outside it nothing is drawn.

    /// The list's origin at the top left, and nothing clipped.
    static Viewport whole(gl::Size framebuffer) { return {framebuffer, 0, 0, {0, 0, framebuffer}}; }
};

}  // namespace loopscope::render
