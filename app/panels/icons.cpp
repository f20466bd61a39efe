// SPDX-License-Identifier: MIT
#include "app/panels/icons.hpp"

namespace loopscope::panels {
namespace {

/// Draws a triangle that points right (direction 1) or left (-1), with its tip at `x`.
void triangle(ImDrawList& list, float x, float y, float size, float direction, ImU32 color) {
    const float back = x - direction * size * 1.5F;
    if (direction > 0)
        list.AddTriangleFilled({back, y - size}, {x, y}, {back, y + size}, color);
    else
        list.AddTriangleFilled({back, y - size}, {back, y + size}, {x, y}, color);
}

void bar(ImDrawList& list, float x, float y, float size, float width, ImU32 color) {
    list.AddRectFilled({x - width / 2, y - size}, {x + width / 2, y + size}, color, width * 0.25F);
}

}  // namespace

void draw_icon(ImDrawList& list, Icon icon, ImVec2 center, float radius, timeline::Color color) {
    const ImU32 ink = to_im(color);
    const float thick = radius * 0.36F;
    const float x = center.x;
    const float y = center.y;
    switch (icon) {
        case Icon::play: triangle(list, x + radius * 0.85F, y, radius, 1, ink); break;
        case Icon::pause:
            bar(list, x - radius * 0.48F, y, radius, radius * 0.5F, ink);
            bar(list, x + radius * 0.48F, y, radius, radius * 0.5F, ink);
            break;
        case Icon::handle_forward:
            triangle(list, x + radius * 0.55F, y, radius * 0.85F, 1, ink);
            bar(list, x + radius * 0.85F, y, radius * 0.85F, thick, ink);
            break;
        case Icon::handle_back:
            triangle(list, x - radius * 0.55F, y, radius * 0.85F, -1, ink);
            bar(list, x - radius * 0.85F, y, radius * 0.85F, thick, ink);
            break;
        case Icon::head:
            triangle(list, x, y, radius * 0.75F, 1, ink);
            triangle(list, x + radius * 0.95F, y, radius * 0.75F, 1, ink);
            bar(list, x + radius * 1.2F, y, radius * 0.75F, thick, ink);
            break;
        case Icon::start:
            triangle(list, x, y, radius * 0.75F, -1, ink);
            triangle(list, x - radius * 0.95F, y, radius * 0.75F, -1, ink);
            bar(list, x - radius * 1.2F, y, radius * 0.75F, thick, ink);
            break;
    }
}

bool icon_button(const Ui& ui, Icon icon, const Command& command, ImVec2 size, bool enabled) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(static_cast<int>(icon));
    const bool clicked = ImGui::InvisibleButton("icon", size);
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const timeline::Color fill = hovered && enabled ? ui.theme.marked : ui.theme.card;
    list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, to_im(fill), ui.px(7));
    const timeline::Color ink = enabled ? ui.theme.text : ui.theme.faint;
    draw_icon(list, icon, {at.x + size.x / 2, at.y + size.y / 2}, ui.px(9), ink);
    if (hovered) show_tooltip(tip_of(command.action));
    ImGui::PopID();
    return clicked && enabled;
}

}  // namespace loopscope::panels
