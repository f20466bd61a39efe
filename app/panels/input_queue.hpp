// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <vector>

#include <imgui.h>

#include "app/panels/imgui_version.hpp"
#include "app/platform/window.hpp"

namespace loopscope::panels {

/// The input of the user that has not been taken yet, in the order in which it came.
///
/// ImGui sees keys and buttons only as they are when a frame begins, so of a key that goes down and up
/// between two frames it would see nothing. So a frame takes as much as it can tell apart, and the rest waits
/// for the next one: nothing is lost, however long a frame takes. Used from the thread of the window only.
class InputQueue {
  public:
    /// What becomes of a press of a key that is no text: whether it was taken as a command, and whether what
    /// follows may be taken in the same frame.
    struct Taken {
        bool is_command = false;
        bool goes_on = true;
    };
    using TakeKey = std::function<Taken(int key, std::uint8_t modifiers)>;

    void add(const std::vector<platform::Input>& inputs);
    [[nodiscard]] bool empty() const { return waiting_.empty(); }
    /// Passes on what one frame can take: to ImGui, and keys to `take_key` while no text field has the focus.
    /// Called before ImGui's frame begins.
    void pass_on(const TakeKey& take_key);
    /// Sets where ImGui sees the mouse and its buttons, as far as that was passed on, while there is input;
    /// else they are where the backend has seen them. Called after that, and before the frame begins.
    void set_mouse() const;

    /// Notes that the last frame's double click has done something: whoever clicks once more in the same
    /// breath means what was there, and not what is under the mouse now, so that click does nothing.
    void spend_double_click() { is_spent_ = true; }

    /// Returns whether typed characters go into a text field.
    [[nodiscard]] static bool is_text_wanted();

  private:
    /// What this frame has taken so far.
    struct Frame {
        std::vector<int> keys;
        std::uint32_t buttons = 0;  // a bit for each
        bool moved = false;
        bool turned = false;
        bool typed = false;
        bool over = false;
    };
    /// Passes on one input. Returns false if it has to wait for the next frame.
    bool pass_on(const platform::Input& input, const TakeKey& take_key, Frame& frame);
    bool pass_on_key(const platform::Input& input, const TakeKey& take_key, Frame& frame);
    bool pass_on_button(const platform::Input& input, Frame& frame);
    /// Returns whether ImGui is to see a press of the left button.
    bool note_click(const platform::Input& input);

    std::deque<platform::Input> waiting_;
    bool is_of_command_ = false;  // whether a character belongs to a key that was a command
    bool has_mouse_ = false;      // whether anything of the mouse was passed on
    bool goes_on_ = false;        // whether the last frame took anything
    WindowKeys keys_;
    ImVec2 mouse_{};
    std::array<bool, 5> buttons_{};
    double clicked_at_ = -1e9;  // when the left button last went down, in seconds
    bool is_spent_ = false;     // whether that was the end of a double click that has done something
};

}  // namespace loopscope::panels
