// SPDX-License-Identifier: MIT
#include "app/panels/border_drag.hpp"

#include <algorithm>
#include <string>

namespace loopscope::panels {
namespace {

/// How far from a border the mouse takes hold of it, in design pixels.
constexpr float reach = 4;

}  // namespace

// NOLINTNEXTLINE(readability-function-cognitive-complexity): press, drag and release of one handle
std::optional<BorderDrag::Moved> BorderDrag::update(const Ui& ui, const Frame& frame) {
    std::optional<Moved> moved;
    const float half = std::max(ui.px(reach), 2.0F);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    for (const Frame::Handle& each : frame.handles) {
        const ImVec2 from(each.line.x - (each.upright ? half : 0), each.line.y - (each.upright ? 0 : half));
        const ImVec2 size(each.upright ? 2 * half : each.line.width,
                          each.upright ? each.line.height : 2 * half);
        ImGui::SetNextWindowPos(from);
        ImGui::SetNextWindowSize(size);
        // In front of the panels, which are never brought to the front.
        ImGui::Begin(("border " + std::string(name(each.border))).c_str(), nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                         ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                         ImGuiWindowFlags_NoFocusOnAppearing);
        ImGui::InvisibleButton("grip", size);
        const float mouse = each.upright ? ImGui::GetMousePos().x : ImGui::GetMousePos().y;
        if (ImGui::IsItemActivated()) grip_ = mouse - (each.upright ? each.line.x : each.line.y);
        if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left))
            moved = Moved{each.border, std::nullopt};
        else if (ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 2))
            moved = Moved{each.border, each.share_at(mouse - grip_)};
        if (ImGui::IsItemHovered() || ImGui::IsItemActive()) {
            ImGui::SetMouseCursor(each.upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
            const ImVec2 end(each.line.x + each.line.width, each.line.y + each.line.height);
            ImGui::GetWindowDrawList()->AddLine({each.line.x, each.line.y}, end, to_im(ui.theme.accent),
                                                std::max(ui.px(2), 1.0F));
        }
        ImGui::End();
    }
    ImGui::PopStyleVar(2);
    return moved;
}

}  // namespace loopscope::panels
