#pragma once

#include <array>
#include <span>
#include <string_view>

#include "app/timeline/draw_list.hpp"
#include "core/base/id.hpp"
#include "core/trace/index.hpp"

namespace loopscope::timeline {

/// The colours of everything. Hue means chain and nothing else.
///
/// The hues can be told apart by colour-blind eyes, which tests simulate (Machado, Oliveira, Fernandes 2009);
/// text has the contrast that WCAG 2 asks for.
struct Theme {
    std::string_view name;
    bool dark = true;
    Color background;  ///< of the timeline
    Color panel;       ///< of panels and bars
    Color card;        ///< of boxes on panels
    Color line;        ///< borders and rules
    Color text;
    Color dim;     ///< text that stands back, and still can be read
    Color faint;   ///< the grid, and what is hardly there; not for text
    Color accent;  ///< the playhead and what is selected
    Color leak;    ///< behind the leak count; never the only sign of a leak
    Color ink;     ///< a symbol on a tile filled with a hue
    std::array<Color, 8> hues;

    static const Theme& dark_theme();
    static const Theme& light_theme();
    /// The highest contrast, for pale projectors.
    static const Theme& projector_theme();
    /// All of them, in the order in which a key goes through them.
    static std::span<const Theme* const> all();
    /// The one of a name; null: there is none.
    static const Theme* find(std::string_view name);
};

/// The hue of a task's chain: heads of chains take the hues in order of creation. No hue for no task, and for
/// a main task.
Color hue_of(const Theme& theme, const trace::Index& index, TaskId task);

}  // namespace loopscope::timeline
