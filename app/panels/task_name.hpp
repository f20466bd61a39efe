// SPDX-License-Identifier: MIT
#pragma once

#include "app/panels/ui.hpp"
#include "core/explain/words.hpp"

namespace loopscope::panels {

/// Returns a task's name as it fits into `width` pixels: where it does not, the text is cut and not what
/// stands behind it, which tells tasks apart: "indic…(c) 2".
std::string fit_name(ImFont* font, const explain::TaskName& name, float width);

/// The colours of a task's name: of its text, and of its chain's symbol.
struct NameInk {
    timeline::Color text;
    timeline::Color symbol;
};

/// Returns the width of a task's name as draw_name() draws it, in pixels.
float width_of_name(const Ui& ui, ImFont* font, const explain::TaskName& name);

/// Draws a task's name at a position on the screen, as fit_name() cuts it to `width` pixels; the symbol is
/// bold where there is a bold font of the size. Returns the width of what was drawn, in pixels.
float draw_name(const Ui& ui, ImDrawList& list, ImFont* font, ImVec2 at, const NameInk& ink,
                const explain::TaskName& name, float width = max_text_width);

}  // namespace loopscope::panels
