// SPDX-License-Identifier: MIT
#include "app/panels/input_queue.hpp"

#include <algorithm>
#include <cfloat>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <imgui_internal.h>

namespace loopscope::panels {
namespace {

using platform::Input;

/// The maximum time between the two presses of a double click, in seconds.
constexpr double double_click = 0.5;

/// Returns whether a key may end the use of a text field: what follows it may not be text any more.
bool may_end_text(int key) {
    return key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER || key == GLFW_KEY_ESCAPE || key == GLFW_KEY_TAB;
}

}  // namespace

void InputQueue::add(const std::vector<Input>& inputs) {
    waiting_.insert(waiting_.end(), inputs.begin(), inputs.end());
}

bool InputQueue::is_text_wanted() {
    const ImGuiID active = ImGui::GetActiveID();
    return active != 0 && ImGui::GetInputTextState(active) != nullptr;
}

void InputQueue::pass_on(const TakeKey& take_key) {
    Frame frame;
    const std::size_t before = waiting_.size();
    while (!waiting_.empty() && !frame.over && pass_on(waiting_.front(), take_key, frame))
        waiting_.pop_front();
    goes_on_ = waiting_.size() != before;
}

bool InputQueue::pass_on(const Input& input, const TakeKey& take_key, Frame& frame) {
    ImGuiIO& io = ImGui::GetIO();
    switch (input.kind) {
        case Input::Kind::key: return pass_on_key(input, take_key, frame);
        case Input::Kind::character:
            if (frame.buttons != 0 || frame.moved || frame.turned) return false;
            if (!is_of_command_) io.AddInputCharacter(input.code);
            frame.typed = true;
            return true;
        case Input::Kind::button: return pass_on_button(input, frame);
        case Input::Kind::cursor:
            if (frame.buttons != 0 || frame.turned || !frame.keys.empty() || frame.typed) return false;
            mouse_ = {static_cast<float>(input.x), static_cast<float>(input.y)};
            has_mouse_ = frame.moved = true;
            return true;
        case Input::Kind::wheel:
            if (frame.moved || frame.buttons != 0) return false;
            io.MouseWheelH += static_cast<float>(input.x);
            io.MouseWheel += static_cast<float>(input.y);
            frame.turned = true;
            return true;
        case Input::Kind::focus: io.AddFocusEvent(input.down); return true;
    }
    return true;
}

bool InputQueue::pass_on_key(const Input& input, const TakeKey& take_key, Frame& frame) {
    ImGuiIO& io = ImGui::GetIO();
    if (input.code > GLFW_KEY_LAST) return true;
    const int key = static_cast<int>(input.code);
    // A repetition changes nothing that ImGui sees: it repeats keys itself.
    if (!input.repeats) {
        if (std::ranges::find(frame.keys, key) != frame.keys.end()) return false;
        if (frame.typed || frame.buttons != 0 || frame.moved) return false;
        frame.keys.push_back(key);
        keys_.set(key, input.down);
    }
    if (!input.down) return true;
    // Two clicks with a key between them are no double click.
    clicked_at_ = io.MouseClickedTime[GLFW_MOUSE_BUTTON_LEFT] = -DBL_MAX;
    is_of_command_ = false;
    if (is_text_wanted()) {
        frame.over = may_end_text(key);
        return true;
    }
    const Taken taken = take_key(key, input.modifiers);
    is_of_command_ = taken.is_command;
    // A key that is held has opened whatever it opens.
    frame.over = !taken.goes_on && !input.repeats;
    return true;
}

bool InputQueue::pass_on_button(const Input& input, Frame& frame) {
    if (input.code >= buttons_.size()) return true;
    const std::uint32_t bit = 1U << input.code;
    if ((frame.buttons & bit) != 0 || frame.turned || frame.typed || !frame.keys.empty()) return false;
    frame.buttons |= bit;
    has_mouse_ = true;
    const bool is_click = input.down && input.code == GLFW_MOUSE_BUTTON_LEFT;
    buttons_.at(input.code) = is_click ? note_click(input) : input.down;
    return true;
}

// ImGui would go by when it draws, and two clicks of a slow window would be far apart.
bool InputQueue::note_click(const Input& input) {
    ImGuiIO& io = ImGui::GetIO();
    io.MouseDoubleClickTime = FLT_MAX;
    const bool is_soon = input.time - clicked_at_ < double_click;
    if (!is_soon) io.MouseClickedTime[GLFW_MOUSE_BUTTON_LEFT] = -DBL_MAX;
    clicked_at_ = input.time;
    is_spent_ = is_spent_ && is_soon;
    return !is_spent_;
}

void InputQueue::set_mouse() const {
    if (!has_mouse_ || (!goes_on_ && waiting_.empty())) return;
    panels::set_mouse(mouse_);
    for (std::size_t button = 0; button < buttons_.size(); ++button)
        ImGui::GetIO().MouseDown[button] = buttons_.at(button);
}

}  // namespace loopscope::panels
