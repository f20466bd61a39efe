#pragma once

#include <functional>
#include <vector>

#include "app/panels/card_motion.hpp"

namespace loopscope::panels {

/// Where everything in the LOOP panel stands, in pixels of the window. Knows no ImGui.
struct LoopLayout {
    /// The box of a section, and what has no room in it.
    struct Box {
        timeline::Rect rect;
        std::size_t left_out = 0;  ///< cards that are not shown
        float end = 0;             ///< where a note may stand, right of the last card
        float bottom = 0;          ///< where one may stand below the last card
    };

    Box due, ready, runs, waits;
    std::vector<PlacedCard> cards;
    float next_iteration = 0;  ///< where the snapshot ends in the ready queue; 0: nowhere within it

    /// Sizes in design pixels.
    static constexpr float label = 84;
    static constexpr float margin = 14;
    static constexpr float row = 22;
    static constexpr float more = 44;  ///< room for "+12"

    /// `width_of` gives the width of a card, in pixels; a card is never cut, but left out.
    static LoopLayout create(const explain::LoopView& view, timeline::Rect area, float scale,
                             const std::function<float(const explain::LoopCard&)>& width_of);
};

}  // namespace loopscope::panels
