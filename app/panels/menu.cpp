#include "app/panels/menu.hpp"

#include <string>

namespace loopscope::panels {
std::optional<Action> Menu::entries(const CommandGroup& group) {
    std::optional<Action> chosen;
    entries_.begin(ImGui::IsWindowFocused());
    for (const Command& command : commands_of(group)) {
        const std::string keys(command.keys);
        if (ImGui::MenuItem(std::string(command.name).c_str(), keys.empty() ? nullptr : keys.c_str()))
            chosen = command.action;
        entries_.note(command.name);
    }
    return chosen;
}

float Menu::width(const Ui& ui) {
    return text_width(ui.fonts.bold, "Loopscope") + ui.px(20);
}

std::optional<Action> Menu::update(const Ui& ui, float height) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushFont(ui.fonts.bold);
    const bool open = ImGui::IsPopupOpen("menu");
    const bool clicked = word_button(ui, "Loopscope##menu", {width(ui), height});
    ImGui::PopFont();
    if (ImGui::IsItemHovered() && !open) show_tooltip(tip_of(Action::menu));
    if ((clicked || toggling_) && !open) ImGui::OpenPopup("menu");
    const bool closing = toggling_ && open;
    toggling_ = false;
    ImGui::SetNextWindowPos({at.x, at.y + height + ui.px(4)});
    open_ = ImGui::BeginPopup("menu");
    if (!open_) return {};
    std::optional<Action> chosen;
    groups_.begin(ImGui::IsWindowFocused());
    for (const CommandGroup& group : command_groups()) {
        const bool unfolded = ImGui::BeginMenu(std::string(group.name).c_str());
        if (!unfolded) groups_.note(group.name);
        if (!unfolded) continue;
        if (const auto action = entries(group)) chosen = action;
        ImGui::EndMenu();
    }
    if (chosen || closing) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    return chosen;
}

}  // namespace loopscope::panels
