#pragma once

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// Text of a lesson at ImGui's cursor: paragraphs broken to a width, `code` and **bold** in their own faces.
/// Moves ImGui's cursor below it.
void rich_text(const Ui& ui, std::string_view text, timeline::Color color, float width);

/// The same in one face, such as the sentence of WHY.
void wrapped_text(const Ui& ui, ImFont* font, std::string_view text, timeline::Color color, float width);

}  // namespace loopscope::panels
