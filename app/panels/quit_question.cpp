// SPDX-License-Identifier: MIT
#include "app/panels/quit_question.hpp"

#include <utility>

#include <fmt/format.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace loopscope::panels {

void QuitQuestion::ask(std::string what) {
    what_ = std::move(what);
    asks_ = true;
}

std::optional<QuitQuestion::Answer> QuitQuestion::answer_of(int key) {
    switch (key) {
        case GLFW_KEY_ENTER:
        case GLFW_KEY_KP_ENTER:
        case GLFW_KEY_Y: return Answer::save;
        case GLFW_KEY_N: return Answer::leave;
        case GLFW_KEY_ESCAPE: return Answer::stay;
        default: return std::nullopt;
    }
}

std::optional<QuitQuestion::Answer> QuitQuestion::update(const Ui& ui) const {
    if (asks_ && !ImGui::IsPopupOpen("quit")) ImGui::OpenPopup("quit");
    const ImGuiViewport& viewport = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos({viewport.Size.x / 2, viewport.Size.y / 2}, ImGuiCond_Always, {0.5F, 0.5F});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(28), ui.px(24)});
    const bool shown = ImGui::BeginPopupModal("quit", nullptr,
                                              ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                                  ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoNav);
    ImGui::PopStyleVar();
    if (!shown) return std::nullopt;
    std::optional<Answer> answer;
    ImGui::PushFont(ui.fonts.bold);
    ImGui::TextUnformatted(fmt::format("{} not saved. Save before the window closes?", what_).c_str());
    ImGui::PopFont();
    ImGui::Dummy({0, ui.px(6)});
    ImGui::PushStyleColor(ImGuiCol_Button, to_im_vec(ui.theme.marked));
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, to_im_vec(ui.theme.faint));
    if (ImGui::Button("Save  (Enter)")) answer = Answer::save;
    const auto beside = [&] {
        const float room = ImGui::GetMainViewport()->Size.x - ImGui::GetItemRectMax().x;
        if (room > ui.px(260)) ImGui::SameLine();
    };
    beside();
    if (ImGui::Button("Close without saving  (N)")) answer = Answer::leave;
    beside();
    if (ImGui::Button("Stay  (Escape)")) answer = Answer::stay;
    ImGui::PopStyleColor(2);
    if (!asks_) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    return answer;
}

}  // namespace loopscope::panels
