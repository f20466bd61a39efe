// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

#include "app/panels/card_motion.hpp"

namespace loopscope::panels {

/// The places of everything in the LOOP panel, in pixels of the window. Knows no ImGui.
struct LoopLayout {
    /// The box of a section.
    struct Box {
        timeline::Rect rect;
        std::size_t left_out = 0;  ///< number of cards that are not shown
        float end = 0;             ///< x at which a note may begin, right of the last card
        float bottom = 0;          ///< y at which a note may begin, below the last card
    };

    Box due, ready, runs, waits;
    std::vector<PlacedCard> cards;
    float next_iteration = 0;  ///< x where the iteration's snapshot of the ready queue ends; 0: there is no
                               ///< such place in the queue

    /// Lengths in design pixels.
    static constexpr float label = 84;
    static constexpr float margin = 14;
    static constexpr float row = 22;
    static constexpr float more = 44;  ///< width of "+12"

    /// Arranges the cards of a view in `area`. `width_of` returns the width of a card, in pixels. A card that
    /// does not fit is left out, not cut.
    static LoopLayout create(const explain::LoopView& view, timeline::Rect area, float scale,
                             const std::function<float(const explain::LoopCard&)>& width_of);
};

}  // namespace loopscope::panels
