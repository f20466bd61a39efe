// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "app/panels/command.hpp"
#include "app/panels/frame_choice.hpp"
#include "app/panels/list_letters.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The menu of all commands in groups, with their keys. It opens from the button "Loopscope" at the left of
/// the top bar.
class Menu {
  public:
    /// Opens or closes the menu in the next update().
    void toggle() { toggling_ = true; }
    /// Returns whether the menu is to be opened or closed in the next update().
    [[nodiscard]] bool is_toggling() const { return toggling_; }
    [[nodiscard]] bool is_open() const { return open_; }
    /// What the menu shows besides the commands. Refers, owns nothing.
    struct State {
        const FrameChoice& choice;                         ///< whose panels are ticked if they are shown
        const std::vector<std::filesystem::path>& recent;  ///< the files that were opened last
    };
    /// The choice of the user in one frame.
    struct Response {
        std::optional<Action> action;
        std::optional<std::filesystem::path> file;  ///< to be opened
    };
    /// Draws the button at ImGui's cursor, `height` pixels high, and the menu while it is open. Returns what
    /// the user chose.
    Response update(const Ui& ui, float height, const State& state);

    /// Returns the width of the button, in pixels.
    [[nodiscard]] static float width(const Ui& ui);

  private:
    void entries(const Ui& ui, const CommandGroup& group, const State& state, Response& response);

    bool toggling_ = false;
    bool open_ = false;
    ListLetters groups_;
    ListLetters entries_;
};

}  // namespace loopscope::panels
