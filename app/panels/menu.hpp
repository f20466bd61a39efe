#pragma once

#include <optional>

#include "app/panels/command.hpp"
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
    /// Draws the button at ImGui's cursor, `height` pixels high, and the menu while it is open. Returns the
    /// command that the user chose.
    std::optional<Action> update(const Ui& ui, float height);

    /// Returns the width of the button, in pixels.
    [[nodiscard]] static float width(const Ui& ui);

  private:
    std::optional<Action> entries(const CommandGroup& group);

    bool toggling_ = false;
    bool open_ = false;
    ListLetters groups_;
    ListLetters entries_;
};

}  // namespace loopscope::panels
