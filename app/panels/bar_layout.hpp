// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace loopscope::panels {

/// The widths of the parts of the top bar, in pixels.
struct BarWidths {
    float menu = 0;
    float program = 0;         ///< the button with the program's name, wide enough for the whole name
    float storages = 0;        ///< all buttons of the storages, with wide margins
    float tight_storages = 0;  ///< all buttons of the storages, as narrow as their labels allow
    float one_storage = 0;     ///< a single button with the selected storage, which opens the list of all
    float leaks = 0;           ///< "3 of 40 leak", or "3 of 40 leak, 5 stale"
    float short_leaks = 0;     ///< "3/40", or "3+5/40"
};

/// The places of the parts of the top bar, in pixels from its left. A wide window shows all parts. A narrower
/// one shows shorter forms of some parts first and then leaves some out. Parts never overlap.
struct BarLayout {
    /// The forms in which the storages are shown, from the widest to none.
    enum class Storages : std::uint8_t { wide, tight, one, none };

    float program_x = 0;
    float program_width = 0;  ///< 0: not shown
    Storages storages = Storages::wide;
    float storages_x = 0;
    float transport_x = 0;
    int buttons = 5;  ///< buttons of the transport: 5; 3: back, play, forward; 1: play; 0: none
    bool speed = true;
    bool short_leaks = false;
    float leaks_x = 0;
    float leaks_width = 0;  ///< 0: not shown
    bool help = true;
    float help_x = 0;
    float free_from = 0;  ///< x from which the bar is free, up to the leaks

    /// Returns the layout of a bar of `width` pixels. `scale` is Ui::scale.
    static BarLayout create(float width, float scale, const BarWidths& widths);
};

/// The x of the menu's button, the width of a transport button, the gap between two of them, and the width of
/// the help button, in design pixels.
inline constexpr float bar_menu_left = 14;
inline constexpr float bar_button_width = 46;
inline constexpr float bar_button_gap = 6;
inline constexpr float bar_help_width = 36;

}  // namespace loopscope::panels
