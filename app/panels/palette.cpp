// SPDX-License-Identifier: MIT
#include "app/panels/palette.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "app/panels/imgui_version.hpp"

namespace loopscope::panels {
namespace {

constexpr int max_rows = 12;

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Returns the index at which `query` occurs in `name` as a whole; npos if it does not.
std::size_t index_of_query(std::string_view name, std::string_view query) {
    // (clang 14 cannot compile std::ranges::search.)
    const auto same = [&](char one, char other) { return lower(one) == lower(other); };
    const auto found = std::search(name.begin(), name.end(), query.begin(), query.end(), same);
    return found == name.end() && !query.empty() ? std::string_view::npos
                                                 : static_cast<std::size_t>(found - name.begin());
}

}  // namespace

bool fits_query(std::string_view name, std::string_view query) {
    auto from = name.begin();
    for (const char letter : query) {
        if (letter == ' ') continue;
        from = std::find_if(from, name.end(), [&](char each) { return lower(each) == lower(letter); });
        if (from == name.end()) return false;
        ++from;
    }
    return true;
}

std::optional<Action> Palette::update(const Ui& ui) {
    if (frames_to_focus_ > 0) --frames_to_focus_;
    if (opening_) {
        ImGui::OpenPopup("palette");
        query_ = {};
        lit_ = 0;
    }
    const ImGuiViewport& viewport = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos({viewport.Size.x / 2, viewport.Size.y * 0.16F}, ImGuiCond_Always, {0.5F, 0});
    ImGui::SetNextWindowSize({ui.px(620), 0});
    if (!ImGui::BeginPopup(
            "palette", ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav)) {
        open_ = false;
        return {};
    }
    if (opening_) ImGui::SetKeyboardFocusHere();
    opening_ = false;
    ImGui::SetNextItemWidth(-1);
    if (ImGui::InputTextWithHint("##query", "Type a command", query_.data(), query_.size())) lit_ = 0;
    const std::optional<Action> chosen = list(ui);
    if (chosen || is_key_pressed(ImGuiKey_Escape)) {
        ImGui::CloseCurrentPopup();
        open_ = false;
    }
    ImGui::EndPopup();
    return chosen;
}

std::optional<Action> Palette::list(const Ui& ui) {
    std::vector<const Command*> fitting;
    for (const Command& command : commands()) {
        if (!is_offered(command.action)) continue;
        if (fits_query(command.name, query_.data())) fitting.push_back(&command);
    }
    // Names that begin with the query come first, then names that contain it, the earlier the better.
    std::ranges::stable_sort(fitting, {}, [&](const Command* each) {
        return std::min<std::size_t>(index_of_query(each->name, query_.data()), 1000);
    });
    if (fitting.empty()) {
        ImGui::TextDisabled("no command has such a name");
        return {};
    }
    if (is_key_pressed(ImGuiKey_DownArrow)) ++lit_;
    if (is_key_pressed(ImGuiKey_UpArrow) && lit_ > 0) --lit_;
    lit_ = std::min(lit_, fitting.size() - 1);
    const std::size_t first = lit_ < max_rows ? 0 : lit_ - max_rows + 1;
    std::optional<Action> chosen;
    for (std::size_t row = first; row < std::min(first + max_rows, fitting.size()); ++row) {
        const Command& command = *fitting[row];
        if (ImGui::Selectable(std::string(command.name).c_str(), row == lit_)) chosen = command.action;
        const float width = text_width(ui.fonts.text, command.keys);
        ImGui::SameLine(ImGui::GetWindowWidth() - width - ui.px(20));
        ImGui::TextDisabled("%s", std::string(command.keys).c_str());
    }
    if (is_key_pressed(ImGuiKey_Enter)) chosen = fitting[lit_]->action;
    return chosen;
}

}  // namespace loopscope::panels
