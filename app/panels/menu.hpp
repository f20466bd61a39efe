#pragma once

#include <optional>

#include "app/panels/command.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The menu of all commands in groups, with their keys. It opens from the button "Loopscope" at the left of
/// the top bar.
class Menu {
  public:
    /// Opens or closes the menu in the next update().
    void toggle() { toggling_ = true; }
    /// Draws the button at ImGui's cursor, `height` pixels high, and the menu while it is open. Returns the
    /// command that the user chose.
    std::optional<Action> update(const Ui& ui, float height);

    /// Returns the width of the button, in pixels.
    [[nodiscard]] static float width(const Ui& ui);

  private:
    bool toggling_ = false;
};

}  // namespace loopscope::panels
