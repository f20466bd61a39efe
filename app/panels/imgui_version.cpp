// SPDX-License-Identifier: MIT
#include "app/panels/imgui_version.hpp"

#include <cfloat>
#include <utility>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace loopscope::panels {
namespace {

constexpr int first_modifier = GLFW_KEY_LEFT_SHIFT;

}  // namespace

#if IMGUI_VERSION_NUM >= 18700

namespace {

/// Returns ImGui's name of a key of GLFW's, as far as ImGui does anything with it.
ImGuiKey key_of(int key) {
    static constexpr std::pair<int, ImGuiKey> keys[] = {
        {GLFW_KEY_TAB, ImGuiKey_Tab},
        {GLFW_KEY_LEFT, ImGuiKey_LeftArrow},
        {GLFW_KEY_RIGHT, ImGuiKey_RightArrow},
        {GLFW_KEY_UP, ImGuiKey_UpArrow},
        {GLFW_KEY_DOWN, ImGuiKey_DownArrow},
        {GLFW_KEY_PAGE_UP, ImGuiKey_PageUp},
        {GLFW_KEY_PAGE_DOWN, ImGuiKey_PageDown},
        {GLFW_KEY_HOME, ImGuiKey_Home},
        {GLFW_KEY_END, ImGuiKey_End},
        {GLFW_KEY_INSERT, ImGuiKey_Insert},
        {GLFW_KEY_DELETE, ImGuiKey_Delete},
        {GLFW_KEY_BACKSPACE, ImGuiKey_Backspace},
        {GLFW_KEY_SPACE, ImGuiKey_Space},
        {GLFW_KEY_ENTER, ImGuiKey_Enter},
        {GLFW_KEY_KP_ENTER, ImGuiKey_KeypadEnter},
        {GLFW_KEY_ESCAPE, ImGuiKey_Escape},
        {GLFW_KEY_A, ImGuiKey_A},
        {GLFW_KEY_C, ImGuiKey_C},
        {GLFW_KEY_V, ImGuiKey_V},
        {GLFW_KEY_X, ImGuiKey_X},
        {GLFW_KEY_Y, ImGuiKey_Y},
        {GLFW_KEY_Z, ImGuiKey_Z},
        {GLFW_KEY_LEFT_SHIFT, ImGuiKey_LeftShift},
        {GLFW_KEY_RIGHT_SHIFT, ImGuiKey_RightShift},
        {GLFW_KEY_LEFT_CONTROL, ImGuiKey_LeftCtrl},
        {GLFW_KEY_RIGHT_CONTROL, ImGuiKey_RightCtrl},
        {GLFW_KEY_LEFT_ALT, ImGuiKey_LeftAlt},
        {GLFW_KEY_RIGHT_ALT, ImGuiKey_RightAlt},
        {GLFW_KEY_LEFT_SUPER, ImGuiKey_LeftSuper},
        {GLFW_KEY_RIGHT_SUPER, ImGuiKey_RightSuper},
    };
    for (const auto& [glfw, imgui] : keys) {
        if (glfw == key) return imgui;
    }
    return ImGuiKey_None;
}

}  // namespace

bool is_key_pressed(ImGuiKey key, bool repeats) {
    return ImGui::IsKeyPressed(key, repeats);
}

void set_up_input(const GLFWwindow* /*window*/) {
    ImGui::GetIO().ConfigInputTrickleEventQueue = false;
}

void set_key(ImGuiKey key, bool down) {
    ImGui::GetIO().AddKeyEvent(key, down);
}

void WindowKeys::set(int key, bool down) {
    ImGuiIO& io = ImGui::GetIO();
    if (const ImGuiKey its_name = key_of(key); its_name != ImGuiKey_None) io.AddKeyEvent(its_name, down);
    if (key < first_modifier || key >= first_modifier + static_cast<int>(modifiers_.size())) return;
    modifiers_[static_cast<std::size_t>(key - first_modifier)] = down;
    int left = 0;
    for (const ImGuiKey modifier : {ImGuiMod_Shift, ImGuiMod_Ctrl, ImGuiMod_Alt, ImGuiMod_Super}) {
        const auto at = static_cast<std::size_t>(left++);
        io.AddKeyEvent(modifier, modifiers_[at] || modifiers_[at + 4]);
    }
}

void set_mouse(ImVec2 at) {
    ImGui::GetIO().AddMousePosEvent(at.x, at.y);
}

void hide_mouse_without_focus(GLFWwindow* window) {
    if (glfwGetWindowAttrib(window, GLFW_FOCUSED) == 0) set_mouse({-FLT_MAX, -FLT_MAX});
}

void let_enter_choose() {}  // it does

std::span<ImDrawList* const> lists_of(const ImDrawData& data) {
    return {data.CmdLists.Data, static_cast<std::size_t>(data.CmdListsCount)};
}

ImDrawData with_lists(const ImDrawData& data, std::vector<ImDrawList*>& lists) {
    ImDrawData part = data;
    part.CmdLists.resize(0);
    for (ImDrawList* list : lists) part.CmdLists.push_back(list);
    part.CmdListsCount = part.CmdLists.Size;
    return part;
}

#else

bool is_key_pressed(ImGuiKey key, bool repeats) {
    return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), repeats);
}

void set_up_input(const GLFWwindow* window) {
    for (int key = 0; !window && key < ImGuiKey_COUNT; ++key) ImGui::GetIO().KeyMap[key] = key;
}

void set_key(ImGuiKey key, bool down) {
    ImGui::GetIO().KeysDown[ImGui::GetKeyIndex(key)] = down;
}

void WindowKeys::set(int key, bool down) {
    ImGuiIO& io = ImGui::GetIO();
    io.KeysDown[key] = down;
    if (key < first_modifier || key >= first_modifier + static_cast<int>(modifiers_.size())) return;
    modifiers_[static_cast<std::size_t>(key - first_modifier)] = down;
    bool* const modifiers[] = {&io.KeyShift, &io.KeyCtrl, &io.KeyAlt, &io.KeySuper};
    for (std::size_t left = 0; left < std::size(modifiers); ++left)
        *modifiers[left] = modifiers_[left] || modifiers_[left + 4];
}

void set_mouse(ImVec2 at) {
    ImGui::GetIO().MousePos = at;
}

void hide_mouse_without_focus(GLFWwindow* /*window*/) {}

// 1.86 knows only Space.
void let_enter_choose() {
    ImGuiIO& io = ImGui::GetIO();
    if (io.KeysDown[ImGui::GetKeyIndex(ImGuiKey_Enter)]) io.NavInputs[ImGuiNavInput_Activate] = 1;
}

std::span<ImDrawList* const> lists_of(const ImDrawData& data) {
    return {data.CmdLists, static_cast<std::size_t>(data.CmdListsCount)};
}

ImDrawData with_lists(const ImDrawData& data, std::vector<ImDrawList*>& lists) {
    ImDrawData part = data;
    part.CmdLists = lists.data();
    part.CmdListsCount = static_cast<int>(lists.size());
    return part;
}

#endif

}  // namespace loopscope::panels
