#pragma once

#include <cstdint>

namespace loopscope::panels {

/// How wide the parts of the bar at the top are, in pixels.
struct BarWidths {
    float menu = 0;
    float program = 0;         ///< the button with the program's name, as wide as that name wants
    float storages = 0;        ///< all of its buttons, with room
    float tight_storages = 0;  ///< the same as narrow as their words allow
    float one_storage = 0;     ///< only the one that is selected, which opens the list of all
    float leaks = 0;           ///< "3 of 40 leak"
    float short_leaks = 0;     ///< "3/40"
};

/// Where the parts of the bar at the top stand, in pixels from its left: all of them in a wide window, and of
/// those that a narrow one has no room for, first shorter ones and then none. No two overlap.
struct BarLayout {
    enum class Storages : std::uint8_t { wide, tight, one, none };

    float program_x = 0;
    float program_width = 0;  ///< 0: it has no place
    Storages storages = Storages::wide;
    float storages_x = 0;
    float transport_x = 0;
    int buttons = 5;  ///< of the transport: 5; 3: back, play, forward; 1: play; 0
    bool speed = true;
    bool short_leaks = false;
    float leaks_x = 0;
    float leaks_width = 0;  ///< 0: they have no place
    bool help = true;
    float help_x = 0;
    float free_from = 0;  ///< from here to the leaks there may be more

    /// `scale` is that of Ui.
    static BarLayout create(float width, float scale, const BarWidths& widths);
};

/// Where the menu begins, how wide and how far apart the transport's buttons are, and how wide that for help
/// is, in design pixels.
inline constexpr float bar_menu_left = 14;
inline constexpr float bar_button_width = 46;
inline constexpr float bar_button_gap = 6;
inline constexpr float bar_help_width = 36;

}  // namespace loopscope::panels
