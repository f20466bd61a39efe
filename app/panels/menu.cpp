#include "app/panels/menu.hpp"

#include <string>

namespace loopscope::panels {
namespace {

std::optional<Action> entries(const CommandGroup& group) {
    std::optional<Action> chosen;
    for (const Command& command : commands_of(group)) {
        const std::string keys(command.keys);
        if (ImGui::MenuItem(std::string(command.name).c_str(), keys.empty() ? nullptr : keys.c_str()))
            chosen = command.action;
    }
    return chosen;
}

}  // namespace

float Menu::width(const Ui& ui) {
    return text_width(ui.fonts.bold, "Loopscope") + ui.px(20);
}

std::optional<Action> Menu::update(const Ui& ui, float height) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushFont(ui.fonts.bold);
    const bool open = ImGui::IsPopupOpen("menu");
    const bool clicked = word_button(ui, "Loopscope##menu", {width(ui), height});
    if (ImGui::IsItemHovered() && !open) ImGui::SetTooltip("Menu (%s)", command_of(Action::menu).keys.data());
    ImGui::PopFont();
    if ((clicked || toggling_) && !open) ImGui::OpenPopup("menu");
    const bool closing = toggling_ && open;
    toggling_ = false;
    ImGui::SetNextWindowPos({at.x, at.y + height + ui.px(4)});
    if (!ImGui::BeginPopup("menu")) return {};
    std::optional<Action> chosen;
    for (const CommandGroup& group : command_groups()) {
        if (!ImGui::BeginMenu(std::string(group.name).c_str())) continue;
        if (const auto action = entries(group)) chosen = action;
        ImGui::EndMenu();
    }
    if (chosen || closing || ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape)))
        ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    return chosen;
}

}  // namespace loopscope::panels
