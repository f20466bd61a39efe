// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "app/timeline/draw_list.hpp"
#include "core/base/id.hpp"
#include "core/trace/index.hpp"

namespace loopscope::timeline {

/// The colours of the program. A hue identifies a chain and nothing else.
///
/// The hues can be told apart with colour-blind eyes, which tests simulate (Machado, Oliveira, Fernandes
/// 2009). What text can be read on which ground is in legible.hpp.
struct Theme {
    std::string_view name;
    bool dark = true;
    Color background;  ///< background of the timeline
    Color panel;       ///< background of panels and bars
    Color card;        ///< background of boxes on panels
    Color marked;      ///< background of what is chosen, or under the mouse
    Color line;        ///< borders and rules
    Color text;
    Color dim;     ///< text that stands back
    Color hint;    ///< text that stands back furthest: hints, and what is not there
    Color faint;   ///< the grid and other marks that are hardly visible; not for text
    Color accent;  ///< the playhead and what is selected
    Color leak;    ///< background of the leak count; never the only sign of a leak
    Color ink;     ///< a symbol on a tile filled with a hue
    std::array<Color, 8> hues;

    static const Theme& dark_theme();
    static const Theme& light_theme();
    /// Returns the theme with the highest contrast, for pale projectors.
    static const Theme& projector_theme();
    /// Returns all themes, in the order in which the theme key goes through them.
    static std::span<const Theme* const> all();
    /// Returns the theme of that name; null if there is none.
    static const Theme* find(std::string_view name);
};

/// Returns the hue of a task's chain. The first task of each chain takes the next hue in the order of
/// creation. Main tasks, and no task, have no hue.
Color hue_of(const Theme& theme, const trace::Index& index, TaskId task);

}  // namespace loopscope::timeline
