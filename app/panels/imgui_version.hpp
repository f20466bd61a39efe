// SPDX-License-Identifier: MIT
#pragma once

#include <bitset>
#include <span>
#include <vector>

#include <imgui.h>

struct GLFWwindow;

// What differs between the versions of Dear ImGui that distributions have: 1.86 in Debian 12, 1.90 in Debian
// 13 and Ubuntu 24.04. No other file asks which version there is; all call what every version has, or what
// stands here.
namespace loopscope::panels {

/// Enter beside the digits.
#if IMGUI_VERSION_NUM >= 18700
inline constexpr ImGuiKey keypad_enter = ImGuiKey_KeypadEnter;
#else
inline constexpr ImGuiKey keypad_enter = ImGuiKey_KeyPadEnter;
#endif

/// Returns whether a key went down in this frame, or is held so long that it repeats, if `repeats` allows
/// that.
[[nodiscard]] bool is_key_pressed(ImGuiKey key, bool repeats = true);

/// Has ImGui take input as it is given, all of it with the next frame: what a frame can tell apart,
/// `InputQueue` decides. Without a window it gives the keys numbers, which lists want. Called once for each
/// of ImGui's contexts.
void set_up_input(const GLFWwindow* window);

/// Has ImGui see a key as down or up from its next frame on, in a context without a window.
void set_key(ImGuiKey key, bool down);

/// The keyboard of a window, as ImGui sees it from its next frame on.
class WindowKeys {
  public:
    /// Has ImGui see a key of GLFW's as down or up, and Ctrl, Shift, Alt and Super as they are with it.
    void set(int key, bool down);

  private:
    std::bitset<8> modifiers_;  // those that are down, from GLFW_KEY_LEFT_SHIFT on
};

/// Has ImGui see the mouse at a place, in screen coordinates of the window, in its next frame; whatever was
/// said of it before is forgotten.
void set_mouse(ImVec2 at);

/// Has ImGui see the mouse nowhere if the window has no focus, as the backend of 1.86 does by itself. Called
/// after the backend's part of a frame.
void hide_mouse_without_focus(GLFWwindow* window);

/// Has Enter choose from lists as Space does, in the frame that begins next.
void let_enter_choose();

/// Returns the lists of a frame, in the order in which they are drawn.
[[nodiscard]] std::span<ImDrawList* const> lists_of(const ImDrawData& data);

/// Returns a frame that draws only some of its lists; they have to outlive it.
[[nodiscard]] ImDrawData with_lists(const ImDrawData& data, std::vector<ImDrawList*>& lists);

}  // namespace loopscope::panels
