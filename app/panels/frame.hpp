#pragma once

#include "app/gl/size.hpp"
#include "app/timeline/layout.hpp"

namespace loopscope::panels {

/// Where the panels stand, in pixels. What has no width is not shown.
struct Frame {
    /// What is on the screen beside the panels that always are.
    struct Shown {
        bool lesson = false;   ///< in the place of SOURCE and WHY
        bool present = false;  ///< for a projector: fewer panels, WHY in one line
        bool caption = false;  ///< of a demo, below the bar
    };

    timeline::Rect bar, caption, timeline, loop, storage, output, source, why, lesson;

    /// `scale` as in Ui.
    Frame(gl::Size size, float scale, Shown shown);

  private:
    void arrange(float top, gl::Size size, float scale, bool has_lesson);
    void arrange_presented(float top, gl::Size size, float scale, bool has_lesson);
};

}  // namespace loopscope::panels
