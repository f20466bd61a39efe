#pragma once

#include <optional>

#include "app/panels/command.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// All commands in groups, with their keys: opens from the name at the left of the top bar.
class Menu {
  public:
    void toggle() { toggling_ = true; }
    /// The button, at ImGui's cursor, and the menu while it is open. Gives the command that the user chose.
    std::optional<Action> update(const Ui& ui, float height);

    /// How wide its button is, in pixels.
    [[nodiscard]] static float width(const Ui& ui);

  private:
    bool toggling_ = false;
};

}  // namespace loopscope::panels
