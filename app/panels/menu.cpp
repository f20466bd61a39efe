// SPDX-License-Identifier: MIT
#include "app/panels/menu.hpp"

#include <algorithm>
#include <string>

namespace loopscope::panels {
namespace {

/// Returns the panel that a command shows or hides; nothing if it does anything else.
std::optional<Part> part_of(Action action) {
    if (action < Action::panel_loop || action > Action::panel_details) return std::nullopt;
    return static_cast<Part>(static_cast<int>(action) - static_cast<int>(Action::panel_loop));
}

/// Adds the recent files, by their names and, where two have the same, their folders.
void recent_files(const Ui& ui, const Menu::State& state, Menu::Response& response) {
    if (state.recent.empty() || !ImGui::BeginMenu("Recent files")) return;
    constexpr float widest = 620;
    for (const std::filesystem::path& each : state.recent) {
        const auto same = [&](const auto& other) { return other.filename() == each.filename(); };
        const bool alone = std::ranges::count_if(state.recent, same) == 1;
        const std::string name = alone ? each.filename().string() : each.string();
        ImGui::PushID(each.c_str());
        if (ImGui::MenuItem("##file")) response.file = each;
        if (ImGui::IsItemHovered()) show_tooltip(each.string());
        ImGui::SameLine();
        const FittedText fitted = fit_text(ui.fonts.text, name, ui.px(widest));
        ImGui::TextUnformatted(fitted.text.data(), fitted.text.data() + fitted.text.size());
        ImGui::PopID();
    }
    ImGui::EndMenu();
}

}  // namespace

void Menu::entries(const Ui& ui, const CommandGroup& group, const State& state, Response& response) {
    entries_.begin(ImGui::IsWindowFocused());
    for (const Command& command : commands_of(group)) {
        if (!is_offered(command.action)) continue;
        const std::string keys(command.keys);
        const auto part = part_of(command.action);
        if (ImGui::MenuItem(std::string(command.name).c_str(), keys.empty() ? nullptr : keys.c_str(),
                            part && state.choice.shows(*part)))
            response.action = command.action;
        entries_.note(command.name);
        if (command.action == Action::open_recent) recent_files(ui, state, response);
    }
}

float Menu::width(const Ui& ui) {
    return text_width(ui.fonts.bold, "Loopscope") + ui.px(20);
}

Menu::Response Menu::update(const Ui& ui, float height, const State& state) {
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
    Response response;
    groups_.begin(ImGui::IsWindowFocused());
    for (const CommandGroup& group : command_groups()) {
        const bool unfolded = ImGui::BeginMenu(std::string(group.name).c_str());
        if (!unfolded) groups_.note(group.name);
        if (!unfolded) continue;
        entries(ui, group, state, response);
        ImGui::EndMenu();
    }
    if (response.action || response.file || closing) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    return response;
}

}  // namespace loopscope::panels
