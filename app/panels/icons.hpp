// SPDX-License-Identifier: MIT
#pragma once

#include "app/panels/command.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The icons of the transport's buttons. They are drawn, because no embedded font has them.
enum class Icon : std::uint8_t { start, handle_back, play, pause, handle_forward, head };

/// Draws an icon around a centre; `radius` is half of its height, in pixels.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 center, float radius, timeline::Color color);

/// Draws a button with an icon at ImGui's cursor. Returns true when it is clicked.
bool icon_button(const Ui& ui, Icon icon, const Command& command, ImVec2 size, bool enabled = true);

}  // namespace loopscope::panels
