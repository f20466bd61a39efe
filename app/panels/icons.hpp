#pragma once

#include "app/panels/command.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The signs of the transport's buttons, drawn, for no font that we embed has them.
enum class Icon : std::uint8_t { start, handle_back, play, pause, handle_forward, head };

/// Draws an icon around a centre; `radius` is half of its height.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 center, float radius, timeline::Color color);

/// A button with an icon, at the cursor of ImGui. Gives true when it is clicked.
bool icon_button(const Ui& ui, Icon icon, const Command& command, ImVec2 size, bool enabled = true);

}  // namespace loopscope::panels
