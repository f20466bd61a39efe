#pragma once

#include "app/gl/size.hpp"
#include "app/timeline/layout.hpp"

namespace loopscope::panels {

/// The rectangles of the panels, in pixels. A panel whose width is 0 is not shown.
struct Frame {
    /// Which panels are shown besides those that always are.
    struct Shown {
        bool lesson = false;   ///< the lesson, in place of SOURCE and WHY
        bool present = false;  ///< the layout for a projector: fewer panels, WHY in one line
        bool caption = false;  ///< the caption of a demo, below the bar
        bool tracks = false;   ///< the panels of a trace of tracks: no LOOP, STORAGE, OUTPUT and SOURCE
    };

    timeline::Rect bar, caption, timeline, loop, storage, output, source, why, lesson, details;

    /// Arranges the panels in a window of `size` pixels. `scale` is Ui::scale.
    Frame(gl::Size size, float scale, Shown shown);

  private:
    void arrange(float top, gl::Size size, float scale, bool has_lesson);
    void arrange_tracks(float top, gl::Size size, float scale, bool presented);
    void arrange_presented(float top, gl::Size size, float scale, bool has_lesson);
};

}  // namespace loopscope::panels
