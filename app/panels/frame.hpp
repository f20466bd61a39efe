// SPDX-License-Identifier: MIT
#pragma once

#include <bitset>
#include <vector>

#include "app/gl/size.hpp"
#include "app/panels/frame_choice.hpp"
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

    /// A border that can be dragged.
    struct Handle {
        Border border = Border::side;
        bool upright = false;
        /// The line of the border, whose width or height is 0.
        timeline::Rect line;
        float from = 0;  ///< where the share is 0: an x of an upright border, a y of another one
        float to = 0;    ///< where the share is 1

        /// Returns the share that brings the border to an x, or a y, of the window.
        [[nodiscard]] float share_at(float place) const;
    };

    timeline::Rect bar, caption, timeline, loop, storage, output, source, why, lesson, details;
    std::vector<Handle> handles;
    /// The panels that have no room for more than their title.
    std::bitset<part_count> folded;

    /// The height of a panel that is folded to its title, in design pixels.
    static constexpr float title_height = 44;
    [[nodiscard]] bool is_folded(Part part) const { return folded[static_cast<std::size_t>(part)]; }

    /// Arranges the panels in a window of `size` pixels. `scale` is Ui::scale. What has no room for its
    /// content is folded to its title, the timeline never. No panel becomes so small that its border could
    /// not be found again, whatever the choice is.
    Frame(gl::Size size, float scale, Shown shown, const FrameChoice& choice = {});

  private:
    class Arrangement;
};

}  // namespace loopscope::panels
