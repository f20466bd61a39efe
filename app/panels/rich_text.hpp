// SPDX-License-Identifier: MIT
#pragma once

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// Draws the text of a lesson at ImGui's cursor: paragraphs broken to `width` pixels, with `code` and
/// **bold** in their own fonts. Moves ImGui's cursor below the text.
void rich_text(const Ui& ui, std::string_view text, timeline::Color color, float width);

/// Draws a text in one font at ImGui's cursor, broken to `width` pixels, and moves ImGui's cursor below it.
void wrapped_text(const Ui& ui, ImFont* font, std::string_view text, timeline::Color color, float width);

}  // namespace loopscope::panels
