// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

#include "app/panels/card_motion.hpp"

namespace loopscope::panels {

/// The places of everything in the LOOP panel, in pixels of the window. Knows no ImGui.
struct LoopLayout {
    /// The box of a section; its height is 0 where there is no room for it.
    struct Box {
        timeline::Rect rect;
        std::size_t before = 0;    ///< number of cards before those that are shown
        std::size_t left_out = 0;  ///< number of cards behind them that are not shown
        float end = 0;             ///< x at which a note may begin, right of the last card
        float bottom = 0;          ///< y at which a note may begin, below the last card
        std::size_t shown = 0;     ///< number of cards that have a place
    };

    Box due, ready, runs, waits;
    std::vector<PlacedCard> cards;
    float next_iteration = 0;  ///< x where the iteration's snapshot of the ready queue ends; 0: there is no
                               ///< such place in the queue

    /// Lengths in design pixels; `least` is the height in which something can be shown.
    static constexpr float least = 52;
    static constexpr float label = 84;
    static constexpr float margin = 14;
    static constexpr float row = 22;
    static constexpr float more = 44;     ///< width of "+12"
    static constexpr float moment = 136;  ///< width of when timers are due, before their cards

    /// Arranges the cards of a view in `area`, those of each list from `first` on. `width_of` returns the
    /// width of a card, in pixels. What does not fit is left out, not cut: first what is due, then what
    /// waits, then what is ready.
    static LoopLayout create(const explain::LoopView& view, timeline::Rect area, float scale,
                             const std::function<float(const explain::LoopCard&)>& width_of,
                             const explain::LoopPlaces& first = {});
};

}  // namespace loopscope::panels
